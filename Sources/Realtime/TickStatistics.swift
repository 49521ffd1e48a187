/// Lateness and step time of a loop's ticks since its start, for the report and the metrics.
///
/// Off-thread: it is fed from the drained records, so that the loop spends nothing on it.
package struct TickStatistics: Sendable {
    package let periodNanoseconds: UInt64
    /// What the computation of a tick may take.
    package let budgetNanoseconds: UInt64
    package private(set) var ticks: UInt64 = 0
    /// Ticks that ended after the next one was due.
    package private(set) var overruns: UInt64 = 0
    /// Whole periods without a tick.
    package private(set) var missedPeriods: UInt64 = 0
    /// Ticks that computed for longer than the budget.
    package private(set) var overBudget: UInt64 = 0
    /// From the deadline of a tick to its beginning.
    package private(set) var lateness = TimeDistribution()
    /// From the beginning of a tick to its end.
    package private(set) var step = TimeDistribution()

    /// - Parameter budgetNanoseconds: the period, when nothing is declared.
    package init(periodNanoseconds: UInt64, budgetNanoseconds: UInt64? = nil) {
        self.periodNanoseconds = periodNanoseconds
        self.budgetNanoseconds = budgetNanoseconds ?? periodNanoseconds
    }

    package mutating func record(
        latenessNanoseconds: UInt64, stepNanoseconds: UInt64, missedPeriods missed: UInt64
    ) {
        ticks += 1
        let (end, tooLate) = latenessNanoseconds.addingReportingOverflow(stepNanoseconds)
        if tooLate || end > periodNanoseconds { overruns += 1 }
        if stepNanoseconds > budgetNanoseconds { overBudget += 1 }
        let (total, tooMany) = missedPeriods.addingReportingOverflow(missed)
        missedPeriods = tooMany ? .max : total
        lateness.record(latenessNanoseconds)
        step.record(stepNanoseconds)
    }

    /// All of it as one value, with the page faults that the loop's thread has counted.
    package func snapshot(pageFaults: PageFaults?) -> TimingSnapshot {
        TimingSnapshot(
            ticks: ticks, overruns: overruns, missedPeriods: missedPeriods, overBudget: overBudget,
            budgetNanoseconds: budgetNanoseconds, lateness: lateness.summary, step: step.summary,
            latenessBuckets: lateness.buckets, stepBuckets: step.buckets, pageFaults: pageFaults)
    }

    /// The figures as a table for people, in microseconds; the counts alone when nothing ran.
    package var table: String {
        var counts = "ticks \(ticks), overruns \(overruns), missed periods \(missedPeriods)"
        if budgetNanoseconds < periodNanoseconds { counts += ", over budget \(overBudget)" }
        var lines = [counts]
        guard let lateness = lateness.summary, let step = step.summary else {
            return lines[0] + "\n"
        }
        let columns = ["min", "p50", "p99", "p99.9", "max"]
        lines.append(Self.row("us", columns))
        lines.append(Self.row("lateness", Self.microseconds(lateness)))
        lines.append(Self.row("step", Self.microseconds(step)))
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        let padding = String(repeating: " ", count: max(0, 8 - name.utf8.count))
        return cells.reduce(name + padding) { line, cell in
            line + String(repeating: " ", count: max(1, 14 - cell.utf8.count)) + cell
        }
    }

    private static func microseconds(_ summary: TimeSummary) -> [String] {
        [
            summary.leastNanoseconds, summary.medianNanoseconds, summary.p99Nanoseconds,
            summary.p999Nanoseconds, summary.greatestNanoseconds,
        ].map { "\($0 / 1000).\($0 % 1000 / 100)" }
    }
}
