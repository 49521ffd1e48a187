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
    /// The reading does not move although it should. The way back: it moves, or the operator.
    case sensorStuck = 11
    /// The measurement did not follow a high command: no heat arrives. Latched.
    case unresponsive = 12
    /// The measurement moved although the command was low: an output that sticks. Latched.
    case uncommanded = 13
    /// The second sensor said something else than the first, or nothing, for too long.
    case sensorDisagreement = 14
    /// An interlock does not permit. Latched where the configuration says so.
    case interlockOpen = 15
    /// An interlock is not read, or too old. Latched where the configuration says so.
    case interlockLost = 16
    /// The loop that commands this one's setpoint is in its safe state, or lost for too long.
    case outerSafe = 17
}
