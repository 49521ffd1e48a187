/// Why it is not known that the heaters of a TCLab are off.
package enum TCLabSafeFault: Error, Equatable, Sendable {
    /// The line cannot be opened: nothing was sent.
    case notOpened(errno: Int32)
    /// Everything was sent and nothing confirmed, or the line went away.
    case unconfirmed
}
