import ArgumentParser
import Episodes
import Foundation
import ModelFile
import Pictures
import Training
import Tuning

struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains a learned law for a process and certifies it.",
        usage: """
            flyball train <config> --output MODEL [<options>]
                   flyball train --family NAME --output MODEL [<options>]
            """,
        discussion: """
            The process is the one that `flyball tune` found for the configuration, or one of the \
            families of the suite. A PID is optimised first on the same family and cost: PID*. Then \
            the law is trained from scratch by gradients through the plant, written down in \
            integers, and scored in the product's own loop; the scores go into the model file as its \
            certificate. The same seed gives the same file, on any number of cores.

            flyball tune configs/demo.toml
            flyball train configs/demo.toml --output heater.fly
            flyball train --family fopdt30 --output fopdt30.fly --iterations 1000

            Exit codes: 0 ok, certified; 1 trained and written, but a limit was not kept; 2 usage; \
            65 damaged state file; 66 missing input; 78 configuration.
            """)

    @Argument(help: "Configuration file (TOML) whose loop was tuned.")
    var config: String?

    @Option(help: "A family of the suite instead of a configuration.")
    var family: String?

    @Option(name: .shortAndLong, help: "The model file to write.")
    var output: String

    @Option(help: "Name of the loop; the first one when not given.")
    var loop: String?

    @Option(help: "File of `flyball tune`; beside the record directory when not given.")
    var state: String?

    @Option(help: "Units of the network, 4 to 64.")
    var units = Recipe().units

    @Option(help: "Steps of training, 50 to 100000.")
    var iterations = Recipe().iterations

    @Option(help: "Seed of all chance.")
    var seed: UInt64 = 1

    @Flag(help: "Prints one JSON object, the certificate, instead of the tables.")
    var json = false

    func validate() throws {
        guard (config == nil) != (family == nil) else {
            throw ValidationError("either a configuration or --family is needed")
        }
        guard (4...64).contains(units) else {
            throw ValidationError("--units is \(units); allowed: 4 to 64")
        }
        guard (50...100_000).contains(iterations) else {
            throw ValidationError("--iterations is \(iterations); allowed: 50 to 100000")
        }
    }

    func run() throws {
        let source = try config.map { _ in try TrainSource(self) }
        let target = try source?.family ?? Self.suiteFamily(family ?? "")
        var meter = TrainingMeter()
        let optimal = try OptimalPID.search(target, seed: seed) { generation, cost in
            meter.show(
                "PID*", done: generation + 1, total: OptimalPID.generations,
                note: "cost \(NumberText.significant(cost))")
        }
        var recipe = Recipe()
        recipe.units = units
        recipe.iterations = iterations
        recipe.seed = seed
        let law = try recipe.train(target, reference: optimal) { progress, _ in
            meter.show(
                "training", done: progress.done, total: progress.total,
                note: "cost over PID* \(NumberText.significant(progress.ratio))")
        }
        meter.finish()
        try finish(law, target, optimal, isMirrored: source?.isMirrored ?? false)
    }

    private func finish(
        _ law: FloatLaw, _ target: PlantFamily, _ optimal: SamplePIDGains, isMirrored: Bool
    ) throws {
        var model = try law.model(
            envelope: target.envelope,
            description: ModelDescription(
                origin: "trained, seed \(seed), \(iterations) iterations", family: target.name,
                periodSeconds: target.periodSeconds))
        let evaluator = Evaluator(target, baselines: try Baselines(target, optimal: optimal))
        let certificate = Certificate(
            try evaluator.run(model, float: law), target, seed: seed)
        model.description.certificate = try certificate.json()
        if isMirrored { model = model.mirrored }
        do throws(ModelFault) {
            try ModelWriter.write(model, to: output)
        } catch {
            throw Console.fail(.missing, "\(error)")
        }
        if json {
            try Console.print(json: certificate)
        } else {
            print(EvaluationText.text([certificate.evaluation]), terminator: "")
            print("\nmodel: \(output), SHA-256 \(model.hash)")
        }
        guard certificate.holds else {
            throw Console.fail(
                .failed, "not certified: \(certificate.failures.joined(separator: "; "))")
        }
    }

    static func suiteFamily(_ name: String) throws -> PlantFamily {
        guard let found = PlantFamily.specialists.first(where: { $0.name == name }) else {
            let names = PlantFamily.specialists.map(\.name).joined(separator: ", ")
            throw ValidationError("no family \"\(name)\"; allowed: \(names)")
        }
        return found
    }
}

/// Progress of long work on standard error, once a second, and only on a terminal.
struct TrainingMeter {
    private let start = Date()
    private var shown = Date()
    private var hasShown = false

    mutating func show(_ label: String, done: Int, total: Int, note: String) {
        let now = Date()
        guard isatty(2) == 1, now.timeIntervalSince(shown) > 1 else { return }
        shown = now
        hasShown = true
        let elapsed = now.timeIntervalSince(start)
        let share = Double(done) / Double(max(1, total))
        let text = String(
            format: "\r\u{1B}[K%@ %3.0f %%, %@, %.0f s", label, 100 * share, note, elapsed)
        FileHandle.standardError.write(Data(text.utf8))
    }

    func finish() {
        guard hasShown else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
