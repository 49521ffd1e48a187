/// What a loop commands instead of an actuator: the setpoint of another loop, in the unit of that
/// loop's sensor.
package struct CascadeSettings: Equatable, Sendable {
    package var inner: Reference
    /// Setpoints that it may ask for: 0 and 1 of its command.
    package var low: Double
    package var high: Double
    /// Nil means steps.
    package var slewPerSecond: Double?
    /// What the inner loop goes on with when this one has lost its measurement: the last setpoint, or
    /// its own.
    package var holdsWhenLost: Bool
    /// For how long, before the inner loop goes safe.
    package var lostMilliseconds: Int
}
