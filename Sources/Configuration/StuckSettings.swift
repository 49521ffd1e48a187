/// When a reading that stands is that of a stuck sensor.
package struct StuckSettings: Equatable, Sendable {
    package var seconds: Double
    /// In the sensor's unit.
    package var resolution: Double
    package var deviation: Double
    /// Nil is a tenth of the actuator's range.
    package var commandChange: Double?
}
