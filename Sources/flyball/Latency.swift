import ArgumentParser
import Assembly
import Configuration
import FoundationEssentials
import Pictures
import Realtime

struct Latency: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures how late ticks are on this board, and which rates it supports.",
        usage: "flyball latency [<config>] [<options>]",
        discussion: """
            As cyclictest does: a thread sleeps to absolute deadlines, and counts how long after \
            each it runs. Here it then computes what the daemon computes in a tick: every loop of \
            CONFIG, with models of its sizes, scheduled as its [realtime] says. Without CONFIG \
            three loops of the learned law are measured at SCHED_FIFO 80. No device is opened.

            A rate is supported when no tick ended after the next one was due and none was \
            missed, marginal when that happened to one in a thousand at most. Measure under the \
            load that the board will have, for minutes: a worst case is seen only when it comes.

            flyball latency
            flyball latency configs/tclab.toml --rate 100 --seconds 600 --plot latency.svg

            Exit codes: 0 ok; 1 no rate is supported; 2 usage; 65 damaged model; 66 missing \
            input; 77 permission; 78 configuration.
            """)

    @Argument(help: "Configuration file (TOML).")
    var config: String?

    @Option(help: "Seconds at each rate, 0.1 to 86400.")
    var seconds = 5.0

    @Option(help: "Ticks a second, 0.1 to 100000; may be given more than once.")
    var rate: [Double] = []

    @Option(help: "SCHED_FIFO priority in place of the configuration's; 0 is ordinary.")
    var priority: Int?

    @Flag(help: "Prints one JSON object instead of the table.")
    var json = false

    @Option(help: "Writes the greatest lateness over the run as an SVG file.")
    var plot: String?

    /// What is measured when no rate is asked for.
    private static let rates = [100.0, 250, 500, 1_000, 2_000, 4_000, 8_000]

    func validate() throws {
        guard seconds >= 0.1, seconds <= 86_400 else {
            throw ValidationError("--seconds is \(seconds); allowed: 0.1 to 86400")
        }
        if let wrong = rate.first(where: { !($0 >= 0.1 && $0 <= 100_000) }) {
            throw ValidationError("--rate is \(wrong); allowed: 0.1 to 100000")
        }
        if let priority, !(0...90).contains(priority) {
            throw ValidationError("--priority is \(priority); allowed: 0 to 90")
        }
    }

    func run() throws {
        let settings = try loaded()
        let rates = rate.isEmpty ? Self.rates : rate
        let fastest = UInt64((1e9 / (rates.max() ?? 1)).rounded())
        let wishes = RealtimeWishes(settings, periodNanoseconds: fastest)
        var refusals: [RealtimeRefusal] = []
        if let limit = wishes.idleLatencyMicroseconds,
            let refusal = IdleLatency.hold(longestMicroseconds: limit)
        {
            refusals.append(refusal)
        }
        let meter = LatencyMeter(settings: settings, wishes: wishes, seconds: seconds)
        var measured: [LatencyRate] = []
        for (index, rate) in rates.enumerated() {
            let one = try measure(meter, rate, index: index, of: rates.count)
            measured.append(one.rate)
            for refusal in one.refusals where !refusals.contains(refusal) {
                refusals.append(refusal)
            }
        }
        let report = LatencyReport(settings, wishes, refusals, measured)
        try show(report)
        guard report.supportedHertz != nil else { throw ExitStatus.failed.code }
    }

    private func loaded() throws -> Settings {
        var settings: Settings
        if let config {
            settings = try Console.settings(config)
        } else {
            do throws(ConfigurationError) {
                settings = try LatencyPlan.settings()
            } catch {
                throw Console.fail(.configuration, error.description)
            }
        }
        if let priority {
            settings.realtime.scheduler = .fifo
            settings.realtime.priority = priority
        }
        return settings
    }

    private func measure(
        _ meter: LatencyMeter, _ rate: Double, index: Int, of count: Int
    ) throws -> LatencyMeter.Measured {
        var progress = Progress()
        defer { progress.finish() }
        do {
            return try meter.measure(periodNanoseconds: UInt64((1e9 / rate).rounded())) { share in
                progress.show(
                    "\(NumberText.significant(rate)) Hz",
                    done: Int((Double(index) + share) / Double(count) * 1_000), total: 1_000)
            }
        } catch let error as AssemblyError {
            throw Console.fail(error)
        }
    }

    private func show(_ report: LatencyReport) throws {
        if json {
            try Console.print(json: report)
        } else {
            print(report.text(), terminator: "")
        }
        if let plot { try Console.write(report.figure().svg(), to: plot) }
    }
}
