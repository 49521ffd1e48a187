import FixedPoint

/// Finds a plant that moves though nobody commands it: a relay that sticks, a shorted SSR.
///
/// When the command has been at or below `command` for `ticks`, so that what was commanded before has
/// died away, time is cut into windows of `ticks`: in none of them may the measurement rise by more
/// than `change` above the lowest of that window. So a slow change of the surroundings is none of it,
/// and a rise of twice `change` in `ticks` always is found. The finding lasts until a whole window has gone
/// without.
struct UncommandedCheck: BitwiseCopyable, Sendable {
    private let limits: ResponseLimits
    /// At the low command, up to `limits.ticks`; then in the window.
    private var ticks: UInt32 = 0
    private var hasDied = false
    private var lowest: Int64 = 0
    private var hasRisen = false
    private(set) var isUncommanded = false

    init(_ limits: ResponseLimits) {
        self.limits = limits
    }

    mutating func update(_ input: GuardInput) {
        guard input.applied <= limits.command, !input.isRestarted else {
            ticks = 0
            hasDied = false
            isUncommanded = false
            return
        }
        ticks = ticks.saturatingSum(input.elapsedTicks)
        guard let measurement = input.measurement else { return }
        let level = limits.level(measurement)
        if hasDied {
            lowest = min(lowest, level)
            if level &- lowest > Int64(limits.change.bits) {
                hasRisen = true
                isUncommanded = true
            }
        }
        guard ticks >= limits.ticks else { return }
        if hasDied && !hasRisen { isUncommanded = false }
        hasDied = true
        hasRisen = false
        ticks = 0
        lowest = level
    }
}
