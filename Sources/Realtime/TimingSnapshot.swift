/// The timing of a run up to a moment, as a small value: for the status, the end of the record and
/// the report.
package struct TimingSnapshot: Equatable, Sendable, Codable {
    package var ticks: UInt64
    /// Ticks that ended after the next one was due.
    package var overruns: UInt64
    /// Whole periods without a tick.
    package var missedPeriods: UInt64
    /// Ticks whose computation took longer than the budget.
    package var overBudget: UInt64
    package var budgetNanoseconds: UInt64
    /// From the deadline of a tick to its beginning; nil before the first tick.
    package var lateness: TimeSummary?
    /// From the beginning of a tick's first loop to the end of its last.
    package var step: TimeSummary?
    package var latenessBuckets: [TimeBucket]
    package var stepBuckets: [TimeBucket]
    /// Page faults of the control thread since its first tick began; nil when they are not counted.
    package var pageFaults: PageFaults?

    private enum CodingKeys: String, CodingKey {
        case ticks, overruns, lateness, step
        case missedPeriods = "missed_periods"
        case overBudget = "over_budget"
        case budgetNanoseconds = "budget_ns"
        case latenessBuckets = "lateness_histogram"
        case stepBuckets = "step_histogram"
        case pageFaults = "page_faults"
    }
}
