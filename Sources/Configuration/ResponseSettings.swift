/// What a plant must do, or must not do, at a command.
package struct ResponseSettings: Equatable, Sendable {
    /// In the actuator's unit.
    package var command: Double
    package var seconds: Double
    /// In the sensor's unit.
    package var change: Double
    /// The keys that the configuration leaves out and that follow from [loop.process].
    package var workedOut: [String] = []
}
