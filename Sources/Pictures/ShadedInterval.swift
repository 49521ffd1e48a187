/// A stretch of time with a meaning of its own, such as a state of the supervisor.
package struct ShadedInterval: Equatable, Sendable {
    /// Begin in seconds on the figure's time axis.
    package var from: Double
    /// End in seconds.
    package var to: Double
    package var label: String
    package var tint: Tint

    package init(from: Double, to: Double, label: String, tint: Tint) {
        self.from = from
        self.to = to
        self.label = label
        self.tint = tint
    }
}
