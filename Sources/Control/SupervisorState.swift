/// Which law acts. Raw values are stable: records carry them.
public enum SupervisorState: UInt8, BitwiseCopyable, Sendable {
    /// The safe level is driven; no law acts.
    case safe = 0
    /// The PID acts.
    case fallback = 1
    /// The learned law acts.
    case learned = 2
}
