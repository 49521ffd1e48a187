import ArgumentParser
import Assembly
import Configuration
import Control
import FixedPoint
import ModelFile
import Pictures
import Simulation
import Telemetry

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs a configuration on its simulated plant, faster than real time.",
        usage: "flyball simulate <config> [<options>]",
        discussion: """
            The loop is the one that the daemon runs, with the same inputs and the same \
            integers; only the clock and the plant are simulated. The same configuration and seed give the same \
            run, bit for bit. Metrics judge the plant's own output, without sensor noise. \
            With several loops each has a picture of its own: run.svg becomes run-NAME.svg.

            flyball simulate configs/demo.toml --plot run.svg --record run.mcap

            Exit codes: 0 ok; 2 usage; 65 damaged model; 66 missing input; 78 configuration.
            """)

    @Argument(help: "Configuration file (TOML) with a table [simulation].")
    var config: String

    @Option(help: "Seed of all chance instead of the configuration's.")
    var seed: UInt64?

    @Option(help: "The law of every loop instead of the configuration's.")
    var law: LawName?

    @Option(
        name: .customLong("duration-s"), help: "Simulated seconds instead of the configuration's.")
    var duration: Double?

    @Option(help: "Draws the run as a picture (SVG).")
    var plot: String?

    @Option(help: "Records every tick to this file (MCAP), for `flyball replay`.")
    var record: String?

    @Flag(help: "Prints one JSON object instead of the table.")
    var json = false

    /// A year of seconds; the figures of all ticks are kept in memory until the report.
    private static let tickLimit = 32_000_000

    func validate() throws {
        if let duration, !(duration > 0 && duration <= 10_000_000) {
            throw ValidationError("--duration-s is \(duration); allowed: above 0, up to 10000000")
        }
    }

    func run() throws {
        let settings = try Console.settings(config)
        var run = try makeRun(settings)
        for warning in run.controllers.warnings { Console.error("warning: \(warning)") }
        let seconds = duration ?? settings.simulation?.durationSeconds ?? 600
        let ticks = max(1, Int((seconds * 1_000 / Double(settings.periodMilliseconds)).rounded()))
        guard ticks <= Self.tickLimit else {
            throw ValidationError(
                "\(NumberText.significant(seconds)) s are \(ticks) ticks of "
                    + "\(settings.periodMilliseconds) ms; allowed: up to \(Self.tickLimit)")
        }
        var series = settings.loops.indices.map { LoopSeries(settings, loop: $0) }
        var recording = try record.map { try Recording(path: $0, run) }
        var progress = Progress()
        for tick in 0..<ticks {
            run.step { record, truth in
                series[Int(record.loop)].append(record, startNanoseconds: 0, truth: truth)
                recording?.write(record)
            }
            // Looking at the clock for every tick would cost more than the tick.
            if tick.isMultiple(of: 1_024) {
                progress.show("simulate", done: tick, total: ticks)
            }
        }
        progress.finish()
        try recording?.close()
        try draw(series, run)
        try report(series, run, seconds: seconds)
    }

    private func makeRun(_ settings: Settings) throws -> SimulatedRun {
        do throws(AssemblyError) {
            return try SimulatedRun(settings, law: law?.law, seed: seed)
        } catch {
            throw Console.fail(error)
        }
    }

    private func draw(_ series: [LoopSeries], _ run: SimulatedRun) throws {
        guard let plot else { return }
        for (index, one) in series.enumerated() {
            let subtitle =
                "\(one.name): \(run.plant.scenario.plant), seed \(run.plant.scenario.seed)"
            let picture = one.picture(
                title: run.settings.name, subtitle: subtitle,
                hasLaw: run.controllers.models[index] != nil)
            try Console.write(picture.svg(), to: Self.path(plot, loop: index, of: series))
        }
    }

    /// With several loops each has its own picture: `run.svg` becomes `run-NAME.svg`.
    static func path(_ path: String, loop index: Int, of series: [LoopSeries]) -> String {
        guard series.count > 1 else { return path }
        let name = series[index].name
        guard path.hasSuffix(".svg") else { return "\(path)-\(name)" }
        return "\(path.dropLast(4))-\(name).svg"
    }

    private func report(_ series: [LoopSeries], _ run: SimulatedRun, seconds: Double) throws {
        let reports = series.map { LoopReport($0) }
        if json {
            try Console.print(
                json: SimulationReport(
                    configuration: run.settings.name, plant: run.plant.scenario.plant,
                    seed: run.plant.scenario.seed, durationSeconds: seconds, loops: reports))
            return
        }
        print(
            "\(run.settings.name): \(NumberText.significant(seconds)) s of "
                + "\(run.plant.scenario.plant), seed \(run.plant.scenario.seed)\n")
        print(LoopReport.table(reports), terminator: "")
        print("")
        for index in series.indices where plot != nil {
            print("picture: \(Self.path(plot ?? "", loop: index, of: series))")
        }
        if let record { print("record:  \(record)") }
    }
}

/// The words of `--law`.
enum LawName: String, ExpressibleByArgument, CaseIterable {
    case learned, pid

    var law: Law { self == .learned ? .learned : .pid }
}

private struct SimulationReport: Encodable {
    let configuration: String
    let plant: String
    let seed: UInt64
    let durationSeconds: Double
    let loops: [LoopReport]

    enum CodingKeys: String, CodingKey {
        case configuration, plant, seed, loops
        case durationSeconds = "duration_s"
    }
}

/// A record at the path the user named, replaced when it exists.
private struct Recording: ~Copyable {
    private var recorder: Recorder
    private let path: String

    init(path: String, _ run: SimulatedRun) throws {
        recorder = try Self.recorder(path: path, run)
        self.path = path
    }

    private static func recorder(path: String, _ run: SimulatedRun) throws -> Recorder {
        do {
            let seed = run.plant.scenario.seed
            let description = try RunDescription(
                run.settings, models: run.controllers.models,
                runIdentifier: String(seed, radix: 16), startUnixNanoseconds: 0,
                startClockNanoseconds: 0,
                details: ["seed": String(seed), "simulated": run.plant.scenario.plant])
            var options = RecorderOptions(maxFileBytes: 1 << 40)
            // Nothing can be lost to a kill that the same command would not make again.
            options.chunkAgeNanoseconds = .max
            options.synchronizeNanoseconds = .max
            return try Recorder(
                storage: NamedFile(path: path), run: description, options: options)
        } catch let fault as IOFault {
            throw Console.fail(fault.code == 13 ? .notPermitted : .missing, "\(fault)")
        } catch {
            throw Console.fail(.damaged, "\(error)")
        }
    }

    mutating func write(_ record: TickRecord) {
        recorder.write(record)
    }

    mutating func close() throws {
        recorder.close()
        if recorder.statistics.dropped > 0 {
            throw Console.fail(
                .failed, "\(path): \(recorder.statistics.dropped) ticks could not be recorded")
        }
    }
}

/// Puts a record's one file at a given path.
private struct NamedFile: RecordStorage {
    let path: String

    func create(name: String) throws(IOFault) -> any ByteSink {
        try FileSink(path: path, exclusive: false)
    }

    func remove(name: String) {}

    func synchronizeNames() {}
}
