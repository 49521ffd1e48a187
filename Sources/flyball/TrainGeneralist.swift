import Assembly
import Configuration
import Episodes
import ModelFile
import Pictures
import Scoring
import Training

/// `flyball train --generalist`: one law for processes of all kinds, and its certificate from the
/// suite `batch`.
struct TrainGeneralist {
    private let options: Train
    private let suite: Suite

    /// Measurements and setpoints, parts of the span, between which episodes lie.
    private static let envelope = 0.0...0.95

    init(_ options: Train) throws {
        self.options = options
        let path = try TrainSuite.path("batch")
        do throws(ConfigurationError) {
            suite = try Suite(path: path)
        } catch {
            throw Console.fail(Console.status(of: error), error.description)
        }
    }

    func run() throws {
        var recipe = GeneralistRecipe()
        recipe.units = options.units
        recipe.iterations = options.iterations ?? recipe.iterations
        recipe.seed = options.seed
        var law = recipe.start
        if let path = options.from {
            do throws(ModelFault) {
                let model = try ModelReader.read(path: path)
                law = try law.taken(from: model)
                recipe.source = model.hash
            } catch {
                throw Console.fail(.model(path: path, error))
            }
        }
        var checkpoint = TrainingCheckpoint(output: options.output, recipe: "\(recipe)")
        var progress = Progress()
        let state = try checkpoint.state(parameters: law.parameters.count)
        law = try recipe.train(law, state: state) { reached, state in
            progress.show(
                "training", done: reached.done, total: reached.total,
                note: "cost over the best rule \(NumberText.significant(reached.ratio))")
            checkpoint.note(state)
        }
        try finish(law, recipe, checkpoint, &progress)
    }

    private func finish(
        _ law: FloatLaw, _ recipe: GeneralistRecipe, _ checkpoint: TrainingCheckpoint,
        _ progress: inout Progress
    ) throws {
        var model = try law.model(
            envelope: Self.envelope,
            description: ModelDescription(
                origin: Self.origin(recipe),
                family: "processes of all kinds", periodSeconds: 1))
        let certificate = try GeneralistScore(suite).run(
            model, float: law, seed: recipe.seed
        ) { done, name in
            progress.show("scores", done: done, total: suite.plants.count, note: name)
        }
        progress.finish()
        model.description.certificate = try certificate.json()
        do throws(ModelFault) {
            try ModelWriter.write(model, to: options.output)
        } catch {
            throw Console.fail(.missing, "\(error)")
        }
        checkpoint.remove()
        if options.json {
            try Console.print(json: certificate)
        } else {
            print(Self.text(certificate), terminator: "")
            print("\nmodel: \(options.output), SHA-256 \(model.hash)")
        }
        guard certificate.keptCount == certificate.processes.count else {
            throw Console.fail(.failed, "the certificate \(certificate.summary)")
        }
    }

    private static func origin(_ recipe: GeneralistRecipe) -> String {
        guard let source = recipe.source else {
            return "trained, seed \(recipe.seed), \(recipe.iterations) iterations"
        }
        return "trained on, seed \(recipe.seed), from SHA-256 \(source)"
    }

    /// Processes that did not keep a limit, and how many did.
    static func text(_ certificate: ProcessCertificate) -> String {
        var table = TextTable(["process", "peak", "steps over SIMC", "not kept"])
        for entry in certificate.processes where !entry.failures.isEmpty {
            table.add(
                .text(entry.name),
                .text(entry.sensitivityPeak.map { NumberText.significant($0) } ?? "-"),
                .text(entry.costOverSIMC["steps"].map { NumberText.significant($0) } ?? "-"),
                .text(entry.failures.joined(separator: "; ")))
        }
        return table.text()
    }
}
