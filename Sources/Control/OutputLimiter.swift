public import FixedPoint

/// Keeps the command inside the output range and below the slew rate.
public struct OutputLimiter: BitwiseCopyable, Sendable {
    /// Largest change in one tick, as bits of a fraction of the range; at least 1.
    public internal(set) var slewPerTick: Int32
    /// What was applied last.
    public private(set) var applied: Q3_28

    /// - Precondition: `slewPerTick > 0`, `0 <= start <= 1`.
    public init(slewPerTick: Int32, start: Q3_28) {
        precondition(slewPerTick > 0 && start >= .zero && start <= .one)
        self.slewPerTick = slewPerTick
        applied = start
    }

    /// The command that may be applied: one tick's worth of the rate nearer, however many periods
    /// were missed. The plant has seen no slope meanwhile, and a stall must not end in a step.
    @discardableResult
    public mutating func apply(_ command: Q3_28) -> Q3_28 {
        let wanted = command < .zero ? .zero : (command > .one ? .one : command)
        let reach = Int64(slewPerTick)
        let change = Int64(wanted.bits) &- Int64(applied.bits)
        let move = change > reach ? reach : (change < -reach ? -reach : change)
        applied = Q3_28(bits: Int32(truncatingIfNeeded: Int64(applied.bits) &+ move))
        return applied
    }

    /// Goes to a level at once: the safe level does not wait for a slew rate.
    public mutating func jump(to level: Q3_28) {
        applied = level
    }
}
