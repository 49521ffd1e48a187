/// One sensor, one law, one actuator. Setpoints are in the sensor's unit.
package struct LoopSettings: Equatable, Sendable {
    package var name: String
    package var sensor: Reference
    package var actuator: Reference
    package var setpoint: Double
    /// Fastest change of the setpoint that the law sees; nil means steps.
    package var rampPerSecond: Double?
    package var law: Law
    /// Setpoints at increasing times.
    package var profile: [ProfilePoint]
    package var pid: PIDSettings
    /// Never nil when `law` is learned.
    package var learned: LearnedSettings?
    package var supervisor: SupervisorSettings
    package var guards: GuardSettings
    /// The place of the table.
    package var position: Position
}
