/// Where a running daemon can be asked, and what it may be asked for.
package struct ControlSettings: Equatable, Sendable {
    /// The socket as written; nil for the standard place.
    package var socket: Located<String>?
    /// Whether faults may be put on for practice.
    package var allowsInject: Bool
}
