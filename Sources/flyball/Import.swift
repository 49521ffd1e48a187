import ArgumentParser
import Assembly
import Configuration
import Episodes
import ModelFile
import Pictures
import Training
import Tuning

struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes the weights of a law that another program trained.",
        usage: "flyball import <weights> --config FILE --output MODEL [<options>]",
        discussion: """
            The weights are a safetensors file with one LSTM and the layer behind it, as PyTorch \
            or Keras name and lay them out, in float64, float32 or float16. The settings (TOML) \
            say what such a file does not: features and their gains, integral and tracking gain, \
            sample time, and the process. The law is written down in integers and scored as a \
            trained one is; its certificate goes into the model file. docs/import.md has the \
            equations and an example that PyTorch trains.

            flyball import law.safetensors --config law.toml --output law.fly

            Exit codes: 0 ok, certified; 1 written, but a limit was not kept; 2 usage; \
            65 damaged or foreign weights; 66 missing input; 77 permission; 78 settings.
            """)

    @Argument(help: "Weights (safetensors).")
    var weights: String

    @Option(help: "What the weights do not say (TOML).")
    var config: String

    @Option(name: .shortAndLong, help: "The model file to write.")
    var output: String

    @Option(help: "Seed of the search for PID*; test episodes have a fixed one.")
    var seed: UInt64 = 1

    @Flag(help: "Prints one JSON object, the certificate, instead of the tables.")
    var json = false

    func validate() throws {
        if [weights, config].contains(output) {
            throw ValidationError("--output names an input: \(output)")
        }
    }

    func run() throws {
        let settings: ImportSettings
        do throws(ConfigurationError) {
            settings = try ImportSettings(path: config)
        } catch {
            throw Console.fail(Console.status(of: error), error.description)
        }
        let imported = try read(settings)
        try Console.checkWritable(output)
        let (target, isMirrored) = try process(settings)
        let period = target.periodSeconds
        guard (settings.periodSeconds / period - 1).magnitude <= 0.001 else {
            throw Console.fail(
                .configuration,
                "\(config): law.sample_time_s is \(settings.periodSeconds); \"\(target.name)\" is "
                    + "sampled every \(NumberText.significant(period)) s")
        }
        var certification: Certification
        do throws(ModelFault) {
            certification = try Certification(
                law: imported.law, family: target,
                origin: "imported, \(settings.layout.rawValue)",
                envelope: settings.envelope ?? target.envelope, isMirrored: isMirrored)
        } catch {
            throw Console.fail(.damaged, "\(weights): \(error)")
        }
        var progress = Progress()
        let optimal = try OptimalPID.search(target, seed: seed) { generation, cost in
            progress.show(
                "PID*", done: generation + 1, total: OptimalPID.generations,
                note: "cost \(NumberText.significant(cost))")
        }
        progress.finish()
        try certification.run(optimal: optimal, seed: seed, output: output, json: json)
    }

    private func read(_ settings: ImportSettings) throws -> ImportedWeights {
        do throws(ModelFault) {
            let file = try TensorFile.read(path: weights)
            let names = try WeightNames(
                in: file, layout: settings.layout, lstm: settings.lstm, output: settings.output)
            let imported = try ImportedWeights(
                file, names, layout: settings.layout, order: settings.gateOrder,
                settings.surroundings)
            if !names.unused.isEmpty {
                Console.error("not used: \(names.unused.prefix(20).joined(separator: ", "))")
            }
            if imported.outputBias != 0 {
                Console.error(
                    "the output's bias, \(NumberText.significant(imported.outputBias)), is left to "
                        + "the integrator")
            }
            return imported
        } catch {
            throw Console.fail(.model(path: weights, error))
        }
    }

    /// The family that the law is scored on, and whether the process is its mirror image.
    private func process(_ settings: ImportSettings) throws -> (PlantFamily, Bool) {
        switch settings.process {
        case .tuned(let file, let state, let loop):
            let source = try TrainSource(config: file, loop: loop, state: state)
            return (source.family, source.isMirrored)
        case .family(let name):
            guard let found = PlantFamily.specialists.first(where: { $0.name == name }) else {
                let names = PlantFamily.specialists.map(\.name)
                throw Console.fail(
                    .configuration,
                    Problem(
                        path: config, position: nil, key: "process.family",
                        found: "is \"\(name)\"",
                        allowed: "allowed: \(names.joined(separator: ", "))",
                        suggestion: Nearest.word(to: name, among: names)
                    ).description)
            }
            return (found, false)
        }
    }
}
