import ArgumentParser
import Assembly
import Configuration
import Control
import FixedPoint
import FoundationEssentials
import ModelFile
import Pictures
import Tuning

struct Tune: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Identifies a process by an experiment and proposes PID gains with their margins.",
        usage: "flyball tune <config> [<options>]\n       flyball tune --from-csv FILE [<options>]",
        discussion: """
            With a configuration alone the experiment is made on its simulated plant, with \
            --on-daemon in the loop of the daemon that runs it. A step leaves the command that \
            acts; a relay switches around it and shows the ultimate gain and period as well. Both \
            stay within --low, --high and --max-rate, end by themselves after --duration-s and on \
            any fault, and the supervisor stands above them. What a fault cut short gives no gains. \
            Ctrl-C ends one at once, and so does \
            the end of this command: the loop then has its law back.

            The table shows \
            what each published rule gives; Ms and margins are those of the sampled loop on the \
            identified model. Taken is the smallest IAE after a load among the PIs with Ms up to \
            1.6, or such a PID where that is below 0.8 of it. "Ms plant" is that of the simulated \
            plant itself about the setpoint; in a cascade with the loops inside closed by the \
            PID of the configuration, and those outside open. PID* is the best of all PIDs on plants like the \
            identified one, which takes a while; it is shown for comparison and not taken. The gains go to a state file, never \
            into the configuration.

            flyball tune configs/demo.toml --plot fit.svg
            flyball tune configs/oven.toml --experiment relay
            flyball tune /etc/flyball/oven.toml --on-daemon --experiment relay --amplitude 8
            flyball tune --from-csv step.csv --period-s 1 --state gains.json

            Exit codes: 0 ok; 1 the data do not identify the process, no rule is within the \
            limit, or the experiment was refused or aborted; 2 usage; 65 damaged data; 66 missing \
            input; 69 no daemon; 77 permission; 78 configuration.
            """)

    @Argument(help: "Configuration file (TOML).")
    var config: String?

    @Option(name: .customLong("from-csv"), help: "Step test: time, command, measurement (CSV).")
    var csv: String?

    @Option(name: .customLong("from-record"), help: "Recorded run (MCAP) with a step in it.")
    var record: String?

    @Option(help: "Name of the loop; the first one when not given.")
    var loop: String?

    @Option(help: "Which experiment: step or relay.")
    var experiment = TuneExperimentKind.step

    @Flag(help: "Makes the experiment in the loop of the running daemon.")
    var onDaemon = false

    @Option(help: "Path of the daemon's socket, when the configuration does not say it.")
    var socket: String?

    @Option(name: .customLong("to"), help: "Level of the step in the actuator's unit.")
    var level: Double?

    @Option(help: "Step away from the command, or half of the relay's swing; actuator unit.")
    var amplitude: Double?

    @Option(name: .customLong("settle-s"), help: "Seconds with the command held before it.")
    var settle: Double?

    @Option(name: .customLong("duration-s"), help: "Seconds after which the experiment is over.")
    var duration: Double?

    @Option(help: "Half of the relay's dead band in the sensor's unit.")
    var hysteresis: Double?

    @Option(help: "Whole cycles of the relay to evaluate, 2 to 100.")
    var cycles: Int?

    @Option(help: "The experiment ends where the measurement falls to this.")
    var low: Double?

    @Option(help: "The experiment ends where the measurement rises to this.")
    var high: Double?

    @Option(help: "The experiment ends where the measurement moves faster, unit per second.")
    var maxRate: Double?

    @Option(name: .customLong("period-s"), help: "Sampling period of the loop to tune.")
    var period: Double?

    @Option(help: "Seed of the simulated noise.")
    var seed: UInt64?

    @Option(help: "Draws measurement and model (SVG).")
    var plot: String?

    @Option(help: "File for the gains (JSON); beside the record directory when not given.")
    var state: String?

    @Flag(help: "Leaves out PID*, the best PID on the identified family, and PID* up to Ms 1.6.")
    var noOptimal = false

    @Flag(help: "Prints one JSON object instead of the table.")
    var json = false

    func validate() throws {
        if csv != nil, record != nil {
            throw ValidationError("--from-csv and --from-record exclude each other")
        }
        if config == nil, csv == nil, record == nil {
            throw ValidationError("a configuration, --from-csv or --from-record is needed")
        }
        if csv != nil || record != nil, onDaemon || experiment == .relay {
            throw ValidationError("--from-csv and --from-record leave no room for an experiment")
        }
        if onDaemon, config == nil { throw ValidationError("--on-daemon needs a configuration") }
        if level != nil, amplitude != nil || experiment == .relay {
            throw ValidationError("--to is for a step without --amplitude")
        }
        for (name, value) in [("--duration-s", duration), ("--period-s", period)] {
            if let value, !(value > 0 && value <= 10_000_000) {
                throw ValidationError("\(name) is \(value); allowed: above 0, up to 10000000")
            }
        }
        if let state, [config, csv, record].contains(state) {
            throw ValidationError("--state names an input: \(state)")
        }
    }

    func run() throws {
        let source = try TuneSource(self)
        do throws(TuningFault) {
            let found = try Self.identify(source)
            let proposal = try TuningProposal(
                found.model, periodSeconds: source.periodSeconds, relay: source.relay?.point)
            let plant = Self.plant(source, found)
            var report = TuneReport(source, found, proposal, plant)
            if !noOptimal, let settings = source.settings {
                report.rules += try Self.optimal(source, settings, found, report, plant)
            }
            try finish(source, found, report)
        } catch {
            throw Console.fail(.failed, error.description)
        }
    }

    /// The simulated plant; none, with the reason on standard error, where it gives no margins.
    private static func plant(_ source: TuneSource, _ found: Identification) -> TunePlant? {
        do throws(TuningFault) {
            return try TunePlant(source.settings, loop: source.index, found.model)
        } catch {
            Console.error("no \"Ms plant\" in the table: \(error.description)")
            return nil
        }
    }

    /// A relay looks at high frequencies, where a slow process seems to integrate: a model with a
    /// steady gain is tried first.
    private static func identify(_ source: TuneSource) throws(TuningFault) -> Identification {
        guard source.relay != nil else { return try Identification(source.recording) }
        do throws(TuningFault) {
            return try Identification(source.recording, structures: [.firstOrder, .secondOrder])
        } catch {
            return try Identification(source.recording)
        }
    }

    /// Rows that show how well a PID can do; none, with the reason on standard error, where nothing
    /// can be asked of the process.
    private static func optimal(
        _ source: TuneSource, _ settings: Settings, _ found: Identification, _ report: TuneReport,
        _ plant: TunePlant?
    ) throws(TuningFault) -> [TuneReport.Gains] {
        let process = TuneState(report, source, found).process
        do {
            return try TuneOptimal(
                settings, loop: source.index, process, found.model, plant
            ).rows
        } catch let error as TrainSource.NoFamily {
            Console.error("no PID* in the table: \(error.reason)")
            return []
        } catch let error as TuningFault {
            throw error
        } catch {
            throw .noSolution("\(error)")
        }
    }

    private func finish(
        _ source: TuneSource, _ found: Identification, _ report: TuneReport
    ) throws(TuningFault) {
        do {
            if let plot {
                try Console.write(TuneReport.figure(source, found).svg(), to: plot)
            }
            let path = state ?? source.statePath
            if let path, report.chosen != nil {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [
                    .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
                ]
                let text = String(
                    decoding: try encoder.encode(TuneState(report, source, found)), as: UTF8.self)
                try Console.write(text + "\n", to: path)
            }
            if json {
                try Console.print(json: report)
            } else {
                print(report.text(), terminator: "")
                let process = TuneState(report, source, found).process
                if let lines = process.lines(unit: report.unit, outputUnit: report.outputUnit) {
                    print("\nwhat the rules of response may be worked out from:\n\n\(lines)")
                }
                if let path, report.chosen != nil { print("\ngains:   \(path)") }
                if let plot { print("picture: \(plot)") }
            }
        } catch {
            throw .noSolution("the results cannot be written: \(error)")
        }
        if report.chosen == nil {
            throw .noSolution("no rule has Ms up to \(TuningProposal.msLimit) on this model")
        }
    }
}
