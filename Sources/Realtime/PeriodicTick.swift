/// One release of the periodic clock.
package struct PeriodicTick: BitwiseCopyable, Equatable, Sendable {
    /// Number of the period since the clock's origin, which is index 0.
    package var index: UInt64
    /// When the tick was due: origin + index * period, on CLOCK_MONOTONIC.
    package var deadlineNanoseconds: UInt64
    /// How long after the deadline it was released; less than one period.
    package var latenessNanoseconds: UInt64
    /// Whole periods skipped between the previous tick and this one.
    package var missedPeriods: UInt64

    package init(
        index: UInt64, deadlineNanoseconds: UInt64, latenessNanoseconds: UInt64,
        missedPeriods: UInt64
    ) {
        self.index = index
        self.deadlineNanoseconds = deadlineNanoseconds
        self.latenessNanoseconds = latenessNanoseconds
        self.missedPeriods = missedPeriods
    }
}
