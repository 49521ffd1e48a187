/// Where the command of a tick came from. Raw values are stable: records carry them.
public enum CommandSource: UInt8, BitwiseCopyable, Sendable {
    /// The law that the supervisor's state names; in the safe state, the safe level.
    case law = 0
    /// The operator's command.
    case manual = 1
    /// An experiment's step.
    case step = 2
    /// An experiment's relay.
    case relay = 3
    /// Where the loop inside is, which does not follow: a loop outside of a cascade goes along.
    case tracking = 4
}
