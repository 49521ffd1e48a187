import FixedPoint

/// What the guards look at in one tick, before the supervisor decides.
struct GuardInput: BitwiseCopyable, Sendable {
    /// This tick's good measurement.
    var measurement: Q16_16?
    /// What the law that acted in the last tick goes for; `nil` when none did.
    var setpoint: Q16_16?
    /// What acted since the last tick, as a fraction of the output range.
    var applied: Q3_28
    /// 1, plus the periods missed.
    var elapsedTicks: UInt32
    /// The safe level acted, by the supervisor's word.
    var isSafe: Bool
    /// The operator asks for the safe state: findings that wait for a movement begin anew.
    var isCleared: Bool
    /// The output had gone to the safe level by itself: times begin anew.
    var isRestarted: Bool
}

extension Q16_16 {
    /// Below 2^32.
    func distance(to other: Q16_16) -> UInt32 {
        UInt32(truncatingIfNeeded: (Int64(bits) &- Int64(other.bits)).magnitude)
    }
}

extension UInt32 {
    func saturatingSum(_ other: UInt32) -> UInt32 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
