/// The serial line of a bus.
package struct ModbusLine: Equatable, Sendable {
    package enum Parity: Sendable {
        case none, even, odd
    }

    /// Best one of `/dev/serial/by-id`, which is kept when it is plugged in again.
    package let path: String
    package let baud: UInt32
    package let parity: Parity
    package let stopBits: UInt8
    /// Of one request, in whole microseconds.
    package let deadlineNanoseconds: UInt64

    package init(
        path: String, baud: UInt32, parity: Parity, stopBits: UInt8, deadlineNanoseconds: UInt64
    ) {
        self.path = path
        self.baud = baud
        self.parity = parity
        self.stopBits = stopBits
        self.deadlineNanoseconds = deadlineNanoseconds
    }
}
