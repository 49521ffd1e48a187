import Control
import Realtime

/// The timing of a run, from the records of its loops: one tick is all loops at the same time.
struct TickTiming: Sendable {
    private(set) var statistics: TickStatistics
    private var open: TickRecord?

    init(periodNanoseconds: UInt64, budgetNanoseconds: UInt64) {
        statistics = TickStatistics(
            periodNanoseconds: periodNanoseconds, budgetNanoseconds: budgetNanoseconds)
    }

    mutating func take(_ record: TickRecord) {
        if let time = open?.timeNanoseconds, time != record.timeNanoseconds { close() }
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
    }
}
