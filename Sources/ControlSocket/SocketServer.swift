import CControlSocket
import Glibc

/// The daemon's end of the control socket: lines in, lines out, in rounds that never wait.
///
/// A client may be hostile: it gets a place, a line's length, a time for everything and one answer
/// a round, and is closed when it takes more. Whatever it sends, only whole lines leave here.
package final class SocketServer {
    package let path: String
    private var listener: Int32
    private var clients: [SocketClientState] = []
    private var lastIdentity: UInt64 = 0

    /// Listens at a path; a socket left over by a daemon that was killed is replaced.
    package init(path: String) throws(SocketFault) {
        var descriptor: Int32 = -1
        let status = unsafe flyball_cs_listen(path, SocketLimits.mode, &descriptor)
        guard status == 0 else { throw .cannotListen(path: path, errno: -status) }
        self.path = path
        listener = descriptor
    }

    /// One round: takes connections, bytes and lines, sends what is unsent, closes who is over.
    ///
    /// - Parameters:
    ///   - now: of a clock that never goes back.
    ///   - gone: is given each client that is no more.
    /// - Returns: at most one line of each client that has no answer outstanding.
    package func round(now: UInt64, gone: (UInt64) -> Void) -> [SocketLine] {
        accept(now: now)
        var lines: [SocketLine] = []
        for index in clients.indices {
            var isOpen = clients[index].send()
            if isOpen, !clients[index].isEnding { isOpen = clients[index].receive(now: now) }
            if isOpen, let line = nextLine(of: index, now: now) { lines.append(line) }
            if isOpen, now >= clients[index].deadline { isOpen = false }
            if !isOpen { clients[index].deadline = 0 }
        }
        clients.removeAll { client in
            guard client.deadline == 0 else { return false }
            flyball_cs_close(client.descriptor)
            gone(client.identity)
            return true
        }
        // A line of one who left in the same round has nobody to answer to.
        return lines.filter { line in clients.contains { $0.identity == line.client } }
    }

    /// Answers a line; nothing when the client has gone meanwhile.
    package func answer(_ client: UInt64, _ text: [UInt8], now: UInt64) {
        guard let index = clients.firstIndex(where: { $0.identity == client }) else { return }
        clients[index].isServed = false
        say(text, to: index, now: now)
    }

    /// Closes every connection and removes the socket; the second time nothing: its descriptor may be
    /// somebody else's by then.
    package func close() {
        guard listener >= 0 else { return }
        for client in clients { flyball_cs_close(client.descriptor) }
        clients = []
        flyball_cs_close(listener)
        listener = -1
        unsafe unlink(path)
    }

    // MARK: Private

    private func accept(now: UInt64) {
        for _ in 0..<SocketLimits.acceptsPerRound {
            var descriptor: Int32 = -1
            var user: UInt32 = 0
            var process: Int32 = 0
            guard unsafe flyball_cs_accept(listener, &descriptor, &user, &process) == 0 else {
                return
            }
            guard clients.count < SocketLimits.clients else {
                var count: UInt32 = 0
                let text = Array((#"{"ok":false,"error":"too many clients"}"# + "\n").utf8)
                _ = unsafe text.withUnsafeBytes { buffer in
                    unsafe flyball_cs_send(
                        descriptor, buffer.baseAddress, UInt32(buffer.count), &count)
                }
                flyball_cs_close(descriptor)
                continue
            }
            lastIdentity += 1
            clients.append(
                SocketClientState(
                    identity: lastIdentity, descriptor: descriptor,
                    peer: SocketPeer(user: user, process: process), now: now))
        }
    }

    private func nextLine(of index: Int, now: UInt64) -> SocketLine? {
        guard !clients[index].isServed, !clients[index].isEnding, clients[index].unsent.isEmpty
        else { return nil }
        guard let bytes = clients[index].takeLine() else {
            if clients[index].received.count >= SocketLimits.lineBytes {
                clients[index].isEnding = true
                let text =
                    #"{"ok":false,"error":"a line is at most \#(SocketLimits.lineBytes) bytes"}"#
                say(Array(text.utf8), to: index, now: now)
            }
            return nil
        }
        clients[index].isServed = true
        clients[index].deadline = .max
        let client = clients[index]
        return SocketLine(client: client.identity, peer: client.peer, bytes: bytes)
    }

    private func say(_ text: [UInt8], to index: Int, now: UInt64) {
        // An answer is bounded by its maker; a longer one would be a mistake of ours.
        precondition(text.count < SocketLimits.answerBytes)
        clients[index].unsent = (text + [UInt8(ascii: "\n")])[...]
        clients[index].deadline = now &+ SocketLimits.answerNanoseconds
        if clients[index].send(), clients[index].unsent.isEmpty {
            let wait =
                clients[index].received.isEmpty
                ? SocketLimits.idleNanoseconds : SocketLimits.lineNanoseconds
            clients[index].deadline = now &+ wait
        }
    }
}
