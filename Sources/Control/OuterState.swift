/// What an inner loop of a cascade hears of the loop outside. Raw values are stable: records carry
/// them.
public enum OuterState: UInt8, BitwiseCopyable, Sendable {
    /// There is none, or the operator has taken the inner loop over.
    case none = 0
    /// A law, an operator or an experiment commands the target.
    case acts = 1
    /// It has lost its measurement: the target is held, or the stated one, for a stated time.
    case lost = 2
    /// It is in its safe state for any other reason: the inner loop's output must be safe too.
    case safe = 3
    /// It has not acted since the start.
    case starting = 4
}
