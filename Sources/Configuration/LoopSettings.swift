/// One sensor, one law, and an actuator or the setpoint of another loop. Setpoints are in the
/// sensor's unit.
package struct LoopSettings: Equatable, Sendable {
    package var name: String
    package var sensor: Reference
    /// Nil exactly when `cascade` is there.
    package var actuator: Reference?
    /// From one tick of the loop to the next; a multiple of the program's period.
    package var periodMilliseconds: Int
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
    package var resume: ResumeSettings
    package var guards: GuardSettings
    /// The loop outside of a cascade: whose setpoint it commands.
    package var cascade: CascadeSettings?
    package var feedForward: FeedForwardSettings?
    package var process: ProcessSettings?
    /// The place of the table.
    package var position: Position
}
