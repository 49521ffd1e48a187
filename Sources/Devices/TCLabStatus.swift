/// What the acquisition thread of a TCLab is at.
package enum TCLabStatus: Equatable, Sendable {
    /// Not started yet.
    case idle
    /// Waiting for the board to start and to say what it runs.
    case opening
    /// The line cannot be opened; it is tried again.
    case absent(errno: Int32)
    /// Something else is at the other end, or a firmware that is not driven; it is asked again.
    case refused(TCLabRefusal)
    case running(TCLabFirmware)
    /// The board was there and is gone; it is looked for under the same path.
    case lost
    /// The thread has ended. `confirmed` when the board said that its heaters are off.
    case stopped(confirmed: Bool)
}
