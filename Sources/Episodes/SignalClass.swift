/// The kinds of episode that a law is scored on. The last two are never trained on.
package enum SignalClass: String, CaseIterable, Sendable {
    /// Two setpoint steps and a load step.
    case steps
    /// A setpoint ramp of 120 samples.
    case ramp
    /// A sine load, period 80 samples, amplitude 0.06.
    case sineLoad = "sine_load"
    /// The steps at a tenth of their size.
    case smallSteps = "small_steps"
    /// A load that walks at random, within 0.12.
    case walkLoad = "walk_load"
    /// A setpoint that swings by 0.2 in 100 samples.
    case sineSetpoint = "sine_setpoint"
    /// Two load pulses.
    case loadPulse = "load_pulse"

    package var isHeldOut: Bool { self == .sineSetpoint || self == .loadPulse }
}
