import Assembly
import Control
import Realtime

/// The timing of a run, from the records of its loops: one tick is all loops at the same time.
struct TickTiming: Sendable {
    private(set) var statistics: TickStatistics
    /// Each loop's part of the step. To a percent: there may be four of them, all in locked memory.
    private var steps: [TimeDistribution]
    private var open: TickRecord?
    /// Of the tick that is open, each loop's part.
    private var parts: [UInt64?]

    init(periodNanoseconds: UInt64, budgetNanoseconds: UInt64, loopCount: Int) {
        steps = (0..<loopCount).map { _ in TimeDistribution(.two) }
        parts = (0..<loopCount).map { _ in nil }
        statistics = TickStatistics(
            periodNanoseconds: periodNanoseconds, budgetNanoseconds: budgetNanoseconds)
    }

    mutating func take(_ record: TickRecord) {
        if let time = open?.timeNanoseconds, time != record.timeNanoseconds { close() }
        parts[Int(record.loop)] = record.stepNanoseconds
        guard let first = open else {
            open = record
            return
        }
        // A loop with a longer period has missed fewer of its own.
        open?.missedPeriods = max(first.missedPeriods, record.missedPeriods)
        // Cannot wrap: a tick's loops together run for less than the age of the machine.
        open?.stepNanoseconds &+= record.stepNanoseconds
    }

    /// Counts the tick whose last loop has been seen.
    mutating func close() {
        guard let tick = open else { return }
        open = nil
        statistics.record(
            latenessNanoseconds: tick.latenessNanoseconds, stepNanoseconds: tick.stepNanoseconds,
            missedPeriods: UInt64(tick.missedPeriods))
        for loop in parts.indices {
            if let part = parts[loop] { steps[loop].record(part) }
            parts[loop] = nil
        }
    }

    /// Up to the last whole tick.
    func snapshot(pageFaults: PageFaults) -> RunTiming {
        RunTiming(
            ticks: statistics.snapshot(pageFaults: pageFaults),
            steps: steps.map { RunTiming.Step($0) })
    }
}
