/// Why an experiment acts no more. Raw values are stable: records carry them; 0 is not ended.
public enum ExperimentEnd: UInt8, BitwiseCopyable, Sendable {
    /// It ran to its end: the step for its whole time, the relay for its cycles.
    case completed = 1
    /// A relay that did not oscillate often enough in its time.
    case timeLimit = 2
    /// The measurement reached the end of the range that it may move in.
    case rangeLimit = 3
    /// The measurement moved faster than it may.
    case slopeLimit = 4
    /// A tick without a good measurement.
    case sensorFault = 5
    /// The actuator reported a fault.
    case actuatorFault = 6
    /// The tick overran: the samples are no longer equally spaced.
    case overrun = 7
    /// The supervisor drives the safe level.
    case safeState = 8
    /// Its command would leave the output range, or its kind is not known.
    case refused = 9
}
