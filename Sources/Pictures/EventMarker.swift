/// Something that happened at one moment: a load, a dropout, a command of the operator.
package struct EventMarker: Equatable, Sendable {
    /// Seconds on the figure's time axis.
    package var time: Double
    package var label: String

    package init(time: Double, label: String) {
        self.time = time
        self.label = label
    }
}
