import ControlSocket
import Pictures
import Realtime

/// The timing of a running daemon, for people: percentiles in microseconds, and the shape of each
/// distribution.
enum TimingText {
    static func text(_ status: DaemonStatus) -> String {
        guard let timing = status.timing else { return "" }
        var text = "\nsince the start: ticks \(timing.ticks), overruns \(timing.overruns), "
        text += "missed periods \(timing.missedPeriods), over budget \(timing.overBudget); "
        if let faults = timing.pageFaults {
            text += "page faults \(faults.minor), from a disk \(faults.major)"
        }
        text += "\n\n"
        var table = TextTable(["us", "p50", "p99", "p99.9", "max", "from", "doubling", "to"])
        add("lateness", timing.lateness, timing.latenessBuckets, &table)
        add("step", timing.step, timing.stepBuckets, &table)
        // One loop's is that of the whole tick.
        if status.loops.count > 1 {
            for loop in status.loops {
                add("step of \(loop.name)", loop.step, loop.stepBuckets ?? [], &table)
            }
        }
        return text + table.text()
    }

    private static func add(
        _ name: String, _ summary: TimeSummary?, _ buckets: [TimeBucket], _ table: inout TextTable
    ) {
        guard let summary, let first = buckets.first, let last = buckets.last else { return }
        table.add(
            .text(name), cell(summary.medianNanoseconds), cell(summary.p99Nanoseconds),
            cell(summary.p999Nanoseconds), cell(summary.greatestNanoseconds),
            cell(first.belowNanoseconds / 2), .text(BlockBars.text(buckets.map(\.count))),
            cell(last.belowNanoseconds))
    }

    private static func cell(_ nanoseconds: UInt64) -> TextTable.Cell {
        .number((Double(nanoseconds) / 100).rounded() / 10)
    }
}
