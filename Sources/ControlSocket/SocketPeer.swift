/// Who made a connection, as the kernel says.
package struct SocketPeer: Equatable, Sendable, CustomStringConvertible {
    package let user: UInt32
    package let process: Int32

    package init(user: UInt32, process: Int32) {
        self.user = user
        self.process = process
    }

    package var description: String { "uid \(user), pid \(process)" }
}
