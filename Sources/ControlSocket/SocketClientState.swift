import CControlSocket
import Glibc

/// One connection as the server keeps it: what has come of a line, and what has not yet been read
/// of an answer.
struct SocketClientState {
    let identity: UInt64
    let descriptor: Int32
    let peer: SocketPeer
    var received: [UInt8] = []
    var unsent: ArraySlice<UInt8> = []
    /// A line was handed on and not yet answered: the next one waits.
    var isServed = false
    /// When the connection is closed unless something happens.
    var deadline: UInt64
    /// Nothing more will come; what is unsent still goes out.
    var isEnding = false

    init(identity: UInt64, descriptor: Int32, peer: SocketPeer, now: UInt64) {
        self.identity = identity
        self.descriptor = descriptor
        self.peer = peer
        deadline = now &+ SocketLimits.idleNanoseconds
    }

    /// Takes in what there is, up to the length of a line; false when the connection is over.
    mutating func receive(now: UInt64) -> Bool {
        guard received.count < SocketLimits.lineBytes else { return true }
        let wasEmpty = received.isEmpty
        var bytes = [UInt8](repeating: 0, count: SocketLimits.lineBytes - received.count)
        var count: UInt32 = 0
        let status = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe flyball_cs_receive(
                descriptor, buffer.baseAddress, UInt32(buffer.count), &count)
        }
        if status == -EAGAIN { return true }
        guard status == 0, count > 0 else { return false }
        received += bytes.prefix(Int(count))
        if wasEmpty && !isServed { deadline = now &+ SocketLimits.lineNanoseconds }
        return true
    }

    /// The next whole line without its end; nothing when none has come.
    mutating func takeLine() -> [UInt8]? {
        guard let end = received.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let line = Array(received[..<end])
        received.removeFirst(end + 1)
        return line
    }

    /// Sends what fits; false when the connection is over.
    mutating func send() -> Bool {
        guard !unsent.isEmpty else { return !isEnding }
        var count: UInt32 = 0
        let status = unsafe unsent.withUnsafeBytes { buffer in
            unsafe flyball_cs_send(descriptor, buffer.baseAddress, UInt32(buffer.count), &count)
        }
        if status == -EAGAIN { return true }
        guard status == 0 else { return false }
        unsent = unsent.dropFirst(Int(count))
        return !(unsent.isEmpty && isEnding)
    }
}
