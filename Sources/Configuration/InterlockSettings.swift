/// An input without which outputs are at their safe levels.
package struct InterlockSettings: Equatable, Sendable {
    package var name: String
    /// How it is read; its range and limits say nothing.
    package var sensor: SensorSettings
    /// Index of the loop that it concerns; nil for all.
    package var loop: Int?
    package var isActiveHigh: Bool
    package var latches: Bool
}
