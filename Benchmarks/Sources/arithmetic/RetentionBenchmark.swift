import CMeter
import CellReference
import FixedPoint
import GatedMemory

/// What a cell still holds after many ticks.
enum RetentionBenchmark {
    private static let ticks = 10_000

    static func measure(isShort: Bool) throws -> [Finding] {
        Progress.say("retention")
        let sigmoid = try Retention.sigmoidErrors(ticks: ticks)
        var findings: [Finding] = []
        for (index, leak) in Retention.leaks.enumerated() {
            let limit = leak == 0 ? 0 : (leak > 3e-4 ? 1e-5 : 1e-4)
            let pinned = Retention.pinnedError(leak: leak, ticks: ticks)
            findings.append(
                Finding(
                    .retention, "f = 1 - \(leak), \(ticks) ticks",
                    [
                        Figure("pinned", pinned, limit: limit),
                        Figure("by the sigmoid", sigmoid[index], limit: limit),
                    ]))
        }
        // A time constant of 1e6 ticks is as right as a gate of 2,147 units of Q31 can say it.
        let long = Retention.pinnedError(leak: 1e-6, ticks: 1_000_000)
        findings.append(
            Finding(.retention, "f = 1 - 1e-06, 1000000 ticks", [Figure("pinned", long)]))
        return findings + [hold(ticks: isShort ? 50_000_000 : 1_000_000_000)]
    }

    /// A gate of exactly one. Gates pass through C, the cell is read back after each part.
    private static func hold(ticks: Int) -> Finding {
        let input = Gate(clamping: Int64(flyball_opaque(0)))
        let leak = Gate(clamping: Int64(flyball_opaque(0)))
        let start = MemoryCell(value: 123_456_789, residue: -987_654_321)
        var cell = start
        var changed = 0
        let parts = 10
        let elapsed = ContinuousClock().measure {
            for part in 1...parts {
                Retention.hold(&cell, input: input, leak: leak, ticks: ticks / parts)
                let value = Int32(bitPattern: flyball_opaque(UInt32(bitPattern: cell.value)))
                if value != start.value || cell.residue != start.residue { changed += 1 }
                Progress.say("hold at f = 1: \(part) of \(parts)")
            }
        }
        return Finding(
            .retention, "f = 1",
            [
                Figure("ticks", Double(ticks)), Figure("changed", Double(changed), limit: 0),
                Figure("ns_per_tick", elapsed / .nanoseconds(1) / Double(ticks)),
            ])
    }
}
