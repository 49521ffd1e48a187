/// What an experiment does with the command. Raw values are stable: records carry them; 0 is none.
public enum ExperimentKind: UInt8, BitwiseCopyable, Sendable {
    /// One step away from the command that acted before.
    case step = 1
    /// A relay with hysteresis around that command.
    case relay = 2
}
