/// What the thread of a board is at.
package enum BoardStatus: Equatable, Sendable {
    /// Not started yet, or not all of it opened once.
    case opening
    case running
    /// A unit cannot be used; it is opened again and again. The others go on.
    case faulted(unit: String, BoardFault)
    /// The thread has ended. `confirmed` when every output took its safe level.
    case stopped(confirmed: Bool)
}
