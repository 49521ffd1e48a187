import ArgumentParser
import Assembly
import Control
import Episodes
import FixedPoint
import ModelFile
import Pictures
import Training
import Tuning

struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what a model is and what its units have learned to remember.",
        usage: "flyball inspect <model> [<options>]",
        discussion: """
            The law runs in the product's loop on the process of its certificate: a step of the \
            setpoint, a load, and a load that drives the actuator to its limit. A unit whose \
            forget gate f is open holds; one with f < 1 leaks, with the time constant -Ts / ln f. \
            The table gives it at rest, its range, and what each gate does before, during and \
            after each situation; the picture shows every unit's memory over time.

            flyball inspect lag4.fly --plot memory.svg
            flyball inspect old.fly --family lag4
            flyball inspect heater.fly --config configs/demo.toml --state gains.json

            Exit codes: 0 ok; 1 the law cannot be run on the process; 2 usage; 65 damaged model \
            or state file; 66 missing input; 78 configuration.
            """)

    @Argument(help: "Model file.")
    var model: String

    @Option(help: "A family of the suite to run it on, instead of the certificate's process.")
    var family: String?

    @Option(help: "A configuration whose tuned loop to run it on (TOML).")
    var config: String?

    @Option(help: "Name of the loop; the first one when not given.")
    var loop: String?

    @Option(help: "File of `flyball tune`; beside the record directory when not given.")
    var state: String?

    @Option(help: "Draws the run and the memory of every unit (SVG).")
    var plot: String?

    @Flag(help: "Prints one JSON object instead of the text.")
    var json = false

    func validate() throws {
        if family != nil, config != nil {
            throw ValidationError("--family and --config exclude each other")
        }
        if config == nil, loop != nil || state != nil {
            throw ValidationError("--loop and --state belong to --config")
        }
        if let plot, [model, config, state].contains(plot) {
            throw ValidationError("--plot names an input: \(plot)")
        }
    }

    func run() throws {
        let law: Model
        do throws(ModelFault) {
            law = try ModelReader.read(path: model)
        } catch {
            throw Console.fail(.model(path: model, error))
        }
        var report = InspectReport(law)
        if let process = try process(of: law) {
            let inspection: LawInspection
            do {
                let fallback = try SamplePIDGains(.simcPI, process)
                inspection = try LawInspection(
                    try Self.runnable(law, process), process, fallback: fallback)
            } catch {
                throw Console.fail(.failed, "the law cannot be run on \(process.name): \(error)")
            }
            let run = InspectRun(inspection, process: process.name)
            report.run = run
            if let plot {
                let title = "\(law.description.family): what the units remember"
                let figure = InspectFigure.figure(inspection, run, title: title)
                try Console.write(figure.svg(), to: plot)
            }
        } else {
            Console.error(
                "the model names no process, so its units were not run: name one with --family "
                    + "or --config")
            if plot != nil { throw Console.fail(.failed, "there is nothing to draw") }
        }
        if json {
            try Console.print(json: report)
        } else {
            print(report.text(), terminator: "")
            if let plot { print("\npicture: \(plot)") }
        }
    }

    /// The law for the process: a conditional one is told it, and one for a process whose output
    /// falls when the command rises is turned round, since families are mirrored to rise.
    private static func runnable(
        _ law: Model, _ process: PlantFamily
    ) throws(ModelFault) -> Model {
        let told =
            law.isConditional ? try law.conditioned(on: ProcessCoordinates(process)) : law
        return told.isMirrored ? told.mirrored : told
    }

    /// What the user names; else that of the certificate; else the family of the suite that the
    /// model names.
    private func process(of law: Model) throws -> PlantFamily? {
        let found: PlantFamily?
        if let family {
            found = try Train.suiteFamily(family)
        } else if let config {
            found = try TrainSource(config: config, loop: loop, state: state).family
        } else if let plant = Certificate(json: law.description.certificate)?.plant {
            guard plant.isUsable else {
                throw Console.fail(
                    .damaged, "\(model): no simulation can run the process of its certificate")
            }
            found = plant
        } else {
            found = PlantFamily.specialists.first { $0.name == law.description.family }
        }
        let period = law.description.periodSeconds
        if !law.isConditional, let found, (period / found.periodSeconds - 1).magnitude > 0.001 {
            throw Console.fail(
                .failed,
                "\(model) was made for a period of \(NumberText.significant(period)) s; "
                    + "\"\(found.name)\" has \(NumberText.significant(found.periodSeconds)) s")
        }
        return found
    }
}
