import CRealtime

/// A connected datagram socket that never waits: the service manager's, or the journal's.
///
/// Of the process: it is opened once and ends with it.
package struct DatagramSocket: Sendable {
    private let descriptor: Int32

    /// - Parameter path: of the receiver; an abstract name begins with "@".
    /// - Returns: nothing when nobody listens there.
    package init?(path: String) {
        var descriptor: Int32 = -1
        guard unsafe flyball_rt_datagram_connect(path, &descriptor) == 0 else { return nil }
        self.descriptor = descriptor
    }

    /// Whether the receiver has taken it.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe flyball_rt_datagram_send(descriptor, buffer.baseAddress, UInt32(buffer.count))
        } == 0
    }
}
