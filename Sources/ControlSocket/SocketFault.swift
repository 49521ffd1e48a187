import Glibc

/// Why the control socket could not be used.
package enum SocketFault: Error, Equatable, CustomStringConvertible {
    case cannotListen(path: String, errno: Int32)
    case cannotConnect(path: String, errno: Int32)
    /// The daemon closed the connection or stopped answering.
    case noAnswer(afterSeconds: Double)
    case closed
    /// What came is no answer of this protocol.
    case malformed(String)

    package var description: String {
        switch self {
        case .cannotListen(let path, let code):
            "\(path): cannot listen: \(Self.text(code))"
        case .cannotConnect(let path, ENOENT), .cannotConnect(let path, ECONNREFUSED):
            "\(path): no daemon listens there"
        case .cannotConnect(let path, let code):
            "\(path): cannot connect: \(Self.text(code))"
        case .noAnswer(let seconds): "the daemon did not answer within \(seconds) s"
        case .closed: "the daemon closed the connection"
        case .malformed(let reason): "the daemon's answer cannot be read: \(reason)"
        }
    }

    private static func text(_ code: Int32) -> String {
        unsafe String(cString: strerror(code))
    }
}
