/// The rule that decided the supervisor's present state. Raw values are stable: records carry them.
public enum SupervisorCause: UInt8, BitwiseCopyable, Sendable {
    /// Nothing is wrong: the configured law acts.
    case nominal = 0
    /// No reading has arrived since the start.
    case starting = 1
    /// The estimate is older than the bridge time, or there is none after a fault.
    case sensorLost = 2
    /// The measurement reached the upper protective limit, or implausible readings beyond it were
    /// repeated for longer than the bridge time. Latched.
    case limitHigh = 3
    /// The same of the lower protective limit. Latched.
    case limitLow = 4
    /// The actuator reported faults for longer than its maximum age.
    case actuatorFailed = 5
    /// The learned law left its envelope or saturated its arithmetic.
    case lawImplausible = 6
    /// The tick overran as often as the overrun policy allows.
    case overrun = 7
    /// The operator asked for it.
    case requested = 8
    /// Readings are good again; the recovery time is running.
    case recovering = 9
    /// An implausible reading lay at or beyond a protective limit, and no later one confirmed it.
    case limitSuspected = 10
}
