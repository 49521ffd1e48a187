/// What a thread under SCHED_DEADLINE is promised: so much computing time within so long, each period.
package struct DeadlineBudget: BitwiseCopyable, Equatable, Sendable {
    package var runtimeNanoseconds: UInt64
    /// From the beginning of the period; at most the period.
    package var deadlineNanoseconds: UInt64
    package var periodNanoseconds: UInt64

    package init(
        runtimeNanoseconds: UInt64, deadlineNanoseconds: UInt64, periodNanoseconds: UInt64
    ) {
        self.runtimeNanoseconds = runtimeNanoseconds
        self.deadlineNanoseconds = deadlineNanoseconds
        self.periodNanoseconds = periodNanoseconds
    }
}
