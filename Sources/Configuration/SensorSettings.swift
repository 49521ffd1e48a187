/// A measured quantity. All quantities are in `unit`.
package struct SensorSettings: Equatable, Sendable {
    package var name: String
    package var device: Reference
    /// One of the driver's channels: `T1`, `GPIO17`, `y1`.
    package var channel: Located<String>
    package var unit: Unit
    /// Plausible readings, and the span that the law is normalised to; less than 32768 wide.
    package var low: Double
    package var high: Double
    /// Reaching a limit drives the safe state, which latches.
    package var limitLow: Double
    package var limitHigh: Double
    package var maxRatePerSecond: Double
    package var maxAgeMilliseconds: Int
    /// Standard deviation of the noise in simulation, 0 for none.
    package var simulatedNoise: Double
    /// Step of the readings in simulation, 0 for none.
    package var simulatedQuantum: Double
    /// Of sensors on a board.
    package var input: InputSettings?
    /// The place of the table.
    package var position: Position
}
