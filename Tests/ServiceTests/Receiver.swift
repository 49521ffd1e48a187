import Glibc

/// A datagram socket in a scratch directory that keeps what it is sent: the journal's or the
/// service manager's place.
///
/// Safe: its pointers are to local buffers for the length of a call.
final class Receiver {
    let path: String
    private let descriptor: Int32

    /// - Parameter path: of the socket; an abstract name begins with "@".
    init?(path: String = "/tmp/flyball-receiver-\(getpid())-\(UInt32.random(in: 0...UInt32.max))") {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(path.utf8)
        if path.hasPrefix("@") { bytes[0] = 0 }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, length)
            }
        }
        guard descriptor >= 0, status == 0 else { return nil }
    }

    /// The next datagram; nothing when there is none.
    func next() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 131_072)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
        }
        return count >= 0 ? Array(buffer.prefix(count)) : nil
    }

    var nextText: String? { next().map { String(decoding: $0, as: UTF8.self) } }

    deinit {
        _ = close(descriptor)
        if !path.hasPrefix("@") { _ = unsafe unlink(path) }
    }
}
