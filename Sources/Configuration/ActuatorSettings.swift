/// A driven quantity. All quantities are in `unit`.
///
/// An actuator that no loop drives is held at its safe level.
package struct ActuatorSettings: Equatable, Sendable {
    package var name: String
    package var device: Reference
    /// One of the driver's channels: `Q1`, `GPIO18`, `u1`.
    package var channel: Located<String>
    package var unit: Unit
    /// Levels that may be driven; less than 32768 wide.
    package var low: Double
    package var high: Double
    /// Level of the safe state, from `low` to `high`.
    package var safe: Double
    package var slewPerSecond: Double
    /// The device drives the safe level when the loop is silent for so long.
    package var maxAgeMilliseconds: Int
    /// Of outputs on a board.
    package var output: OutputSettings?
    /// The place of the table.
    package var position: Position
}
