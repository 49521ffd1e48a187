/// How a GPIO line is driven.
package struct LineOutputSettings: Equatable, Sendable {
    package var isActiveLow: Bool
    package var bias: LineBias
    package var drive: LineDrive
    /// Nil for a line that is on or off as long as its level says so.
    package var windowMilliseconds: Int?
    package var shortestOnMilliseconds: Int
    package var shortestOffMilliseconds: Int
}
