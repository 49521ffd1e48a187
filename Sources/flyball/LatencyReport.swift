import Configuration
import Pictures
import Realtime

/// The result of `flyball latency`.
struct LatencyReport: Encodable {
    let configuration: String
    let loops: Int
    let scheduling: String
    /// What was asked for and not permitted.
    let refusals: [String]
    let rates: [LatencyRate]
    /// The fastest rate up to which all that were measured are supported; nil when the slowest is
    /// not.
    let supportedHertz: Double?

    private enum CodingKeys: String, CodingKey {
        case configuration, loops, scheduling, refusals, rates
        case supportedHertz = "supported_hz"
    }

    init(
        _ settings: Settings, _ wishes: RealtimeWishes, _ refusals: [RealtimeRefusal],
        _ rates: [LatencyRate]
    ) {
        configuration = settings.path
        loops = settings.loops.count
        scheduling = Self.text(wishes.scheduling)
        self.refusals = refusals.map { "\($0)" }
        self.rates = rates
        supportedHertz = Self.supported(rates)
    }

    static func supported(_ rates: [LatencyRate]) -> Double? {
        rates.sorted { $0.rateHertz < $1.rateHertz }
            .prefix { $0.verdict == .supported }.last?.rateHertz
    }

    private static func text(_ scheduling: Scheduling) -> String {
        switch scheduling {
        case .ordinary: "ordinary"
        case .fifo(let priority): "SCHED_FIFO \(priority)"
        case .deadline(let budget): "SCHED_DEADLINE \(budget.runtimeNanoseconds / 1_000) us"
        }
    }

    func text() -> String {
        var table = TextTable([
            "rate/Hz", "ticks", "missed", "overrun", "late p50/us", "p99", "p99.9", "max",
            "step p50/us", "max", "CPU/%", "verdict",
        ])
        for rate in rates {
            let timing = rate.timing
            let late = timing.lateness
            let step = timing.step
            table.add(
                .number(rate.rateHertz), .integer(Int(timing.ticks)),
                .integer(Int(clamping: timing.missedPeriods)), .integer(Int(timing.overruns)),
                Self.cell(late?.medianNanoseconds), Self.cell(late?.p99Nanoseconds),
                Self.cell(late?.p999Nanoseconds), Self.cell(late?.greatestNanoseconds),
                Self.cell(step?.medianNanoseconds), Self.cell(step?.greatestNanoseconds),
                .number(rate.computedNanosecondsPerTick * rate.rateHertz * 1e-7, digits: 3),
                .text(rate.verdict.rawValue))
        }
        let count = loops == 1 ? "1 loop" : "\(loops) loops"
        var text = "\(configuration): \(count), \(scheduling)\n"
        for refusal in refusals { text += "not permitted: \(refusal)\n" }
        text += "\n" + table.text()
        let minor = rates.reduce(0) { $0 + ($1.timing.pageFaults?.minor ?? 0) }
        let major = rates.reduce(0) { $0 + ($1.timing.pageFaults?.major ?? 0) }
        text += "\npage faults after the start: \(minor), from a disk \(major)\n"
        guard let supportedHertz else { return text + "no rate is supported\n" }
        return text + "supported: up to \(NumberText.significant(supportedHertz)) Hz, as far as "
            + "these seconds have shown\n"
    }

    private static func cell(_ nanoseconds: UInt64?) -> TextTable.Cell {
        guard let nanoseconds else { return .missing }
        return .number((Double(nanoseconds) / 100).rounded() / 10)
    }

    /// The greatest lateness over the time of the measurement, one rate after the other.
    func figure() -> Figure {
        var times: [Double] = []
        var lateness: [Double] = []
        var begin = 0.0
        for rate in rates {
            for (part, greatest) in rate.course.enumerated() {
                times.append(begin + rate.seconds * Double(part) / Double(rate.course.count))
                lateness.append(Double(greatest) / 1_000)
            }
            begin += rate.seconds
        }
        let names = rates.map { NumberText.significant($0.rateHertz) }.joined(separator: ", ")
        return Figure(
            title: "Greatest lateness of ticks", subtitle: "\(names) Hz; \(scheduling)",
            times: times,
            panels: [
                Panel(
                    "Greatest lateness", unit: "us",
                    series: [Series("greatest", lateness, stroke: .step, ink: .vermilion)],
                    height: 220)
            ])
    }
}
