/// Why a serial line did not do what was asked of it.
package enum SerialFault: Error, Equatable, Sendable {
    /// The line cannot be opened.
    case notOpened(errno: Int32)
    /// Not within the deadline.
    case timedOut
    /// What was received is not of the protocol.
    case malformed
    /// The line is gone: unplugged, hung up or broken. 0 for a hang-up without a reason.
    case gone(errno: Int32)
}
