/// Which loops are in a safe state that the next run must not leave by itself.
struct LoopHolds: BitwiseCopyable, Equatable, Sendable {
    /// Bit n: loop n is latched.
    private(set) var latched: UInt32 = 0
    /// Bit n: the operator has asked loop n for the safe level.
    private(set) var requested: UInt32 = 0

    init() {}

    init(bits: UInt64) {
        latched = UInt32(truncatingIfNeeded: bits)
        requested = UInt32(truncatingIfNeeded: bits >> 32)
    }

    var bits: UInt64 { UInt64(requested) << 32 | UInt64(latched) }

    /// - Precondition: a configuration has 32 loops at most.
    mutating func add(_ loop: Int, isLatched: Bool, isHeldSafe: Bool) {
        let bit: UInt32 = 1 << UInt32(truncatingIfNeeded: loop)
        if isLatched { latched |= bit }
        if isHeldSafe { requested |= bit }
    }
}
