/// A request as it came: one line of one client.
package struct SocketLine: Sendable {
    package let client: UInt64
    package let peer: SocketPeer
    /// Without the end of the line; any bytes whatever.
    package let bytes: [UInt8]

    package init(client: UInt64, peer: SocketPeer, bytes: [UInt8]) {
        self.client = client
        self.peer = peer
        self.bytes = bytes
    }
}
