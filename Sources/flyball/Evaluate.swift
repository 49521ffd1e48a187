import ArgumentParser
import Configuration
import Episodes
import FoundationEssentials
import ModelFile
import Pictures
import Scoring
import Training
import Tuning

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Scores a law against PIDs tuned by rule and by optimisation.",
        usage: """
            flyball evaluate <model> --family NAME [<options>]
                   flyball evaluate <model> --suite NAME [<options>]
                   flyball evaluate <model> --plant FILE [--signal FILE] [<options>]
            """,
        discussion: """
            Seven signal classes, nine corners of mismatch, margins at five operating points, long \
            holds under a load and a search for limit cycles; the law runs in the product's own \
            loop, in its integers. The baselines are tuned in the same run: PID* by optimisation on \
            the same family and cost, SIMC and AMIGO by their published rules. The last two classes \
            are never trained on. Losses are listed like everything else.

            A suite is a file of the directory suites/: specialists (21 plants), batch (137), \
            heater, motor, tank, tclab; a path ending in .toml is taken as it is. The model may then \
            be a directory with NAME.fly for each plant, as `flyball train --suite` writes them.

            --plant takes a plant of your own (transfer function or state space), --signal your own \
            setpoint and load over time (CSV: time_s,setpoint[,load]); docs/evaluation.md has the \
            formats.

            flyball evaluate fopdt30.fly --family fopdt30 --report fopdt30.html
            flyball evaluate laws --suite specialists --json
            flyball evaluate oven.fly --plant docs/plant.toml --signal docs/signal.csv

            Exit codes: 0 ok; 1 a limit of the certificate is not kept, or a target of the suite is \
            missed; 2 usage; 65 damaged model; 66 missing input; 78 a file of plants or signals that \
            is not right.
            """)

    @Argument(help: "Model file; with --suite also a directory of NAME.fly.")
    var model: String

    @Option(help: "Family of the suite \"specialists\" to score it on.")
    var family: String?

    @Option(help: "Suite of plants to score it on, or the path of one.")
    var suite: String?

    @Option(help: "A plant of your own (TOML).")
    var plant: String?

    @Option(help: "Setpoint and load over time (CSV), on --plant or --family.")
    var signal: String?

    @Option(help: "Writes a page with pictures (HTML).")
    var report: String?

    @Option(help: "Seed of the search for PID*; test episodes have a fixed one.")
    var seed: UInt64 = 1

    @Flag(name: .customLong("no-optimal"), help: "Leaves PID* out, which costs seconds a plant.")
    var skipsOptimal = false

    @Flag(
        name: .customLong("limited-optimal"),
        help: "Adds PID* under a sensitivity peak of 1.6.")
    var addsLimited = false

    @Flag(help: "Prints one JSON object instead of the tables.")
    var json = false

    func validate() throws {
        let targets = [family, suite, plant].compactMap(\.self)
        guard targets.count == 1 else {
            throw ValidationError("one of --family, --suite and --plant is needed")
        }
        if suite != nil, signal != nil || report != nil {
            throw ValidationError("--signal and --report go with --family or --plant")
        }
        if signal != nil, report != nil {
            throw ValidationError("--report goes without --signal")
        }
    }

    func run() throws {
        let source = try EvaluationSource(self)
        if let report { try Console.checkWritable(report) }
        switch source.subject {
        case .suite(let suite): try source.score(suite)
        case .board(let scenario): try source.score(scenario)
        case .plant(let plant):
            if let signal = source.signal {
                try source.score(plant, signal)
            } else {
                try source.score(plant)
            }
        }
    }
}
