import CControlSocket
import Glibc
import Realtime

/// A client's end of the control socket: one line there, one line back.
///
/// A class, since it owns its descriptor and closes it in the end.
package final class SocketConnection {
    private let descriptor: Int32
    private var received: [UInt8] = []

    package init(path: String) throws(SocketFault) {
        var descriptor: Int32 = -1
        let status = unsafe flyball_cs_connect(path, &descriptor)
        guard status == 0 else { throw .cannotConnect(path: path, errno: -status) }
        self.descriptor = descriptor
    }

    /// Sends a line and waits for the line that answers it.
    package func ask(_ line: [UInt8], withinSeconds seconds: Double = 5) throws(SocketFault)
        -> [UInt8]
    {
        let deadline = MonotonicClock.nowNanoseconds + UInt64(seconds * 1e9)
        var unsent = (line + [UInt8(ascii: "\n")])[...]
        while !unsent.isEmpty {
            try wait(writes: true, until: deadline, seconds)
            var count: UInt32 = 0
            let status = unsafe unsent.withUnsafeBytes { buffer in
                unsafe flyball_cs_send(
                    descriptor, buffer.baseAddress, UInt32(buffer.count), &count)
            }
            if status == -EAGAIN { continue }
            // What the daemon said before it closed is still there to be read.
            guard status == 0 else { break }
            unsent = unsent.dropFirst(Int(count))
        }
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let answer = Array(received[..<end])
                received.removeFirst(end + 1)
                return answer
            }
            try wait(writes: false, until: deadline, seconds)
            try receive()
        }
    }

    private func receive() throws(SocketFault) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var count: UInt32 = 0
        let status = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe flyball_cs_receive(
                descriptor, buffer.baseAddress, UInt32(buffer.count), &count)
        }
        if status == -EAGAIN { return }
        guard status == 0, count > 0 else { throw .closed }
        received += bytes.prefix(Int(count))
        guard received.count <= SocketLimits.answerBytes else {
            throw .malformed("longer than \(SocketLimits.answerBytes) bytes")
        }
    }

    /// A signal ends a wait and not the whole: who catches one looks at its own flag.
    private func wait(writes: Bool, until deadline: UInt64, _ seconds: Double) throws(SocketFault) {
        let now = MonotonicClock.nowNanoseconds
        guard now < deadline else { throw .noAnswer(afterSeconds: seconds) }
        let milliseconds = UInt32(clamping: (deadline - now) / 1_000_000 + 1)
        _ = flyball_cs_wait(descriptor, writes ? 1 : 0, milliseconds)
    }

    deinit { flyball_cs_close(descriptor) }
}
