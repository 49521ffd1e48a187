import ArgumentParser
import Assembly
import Configuration
import GatedMemory
import ModelFile

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the learned law of a loop as a model file (safetensors).",
        discussion: """
            For a loop with model = "from-pid" these are the weights written down from its gains. \
            Open the file in Python: safetensors.numpy.load_file("model.safetensors").

            flyball export configs/demo.toml --output heater.safetensors

            Exit codes: 0 ok; 1 the loop has no learned law; 2 usage; 65 damaged model; \
            66 missing input; 78 configuration.
            """)

    @Argument(help: "Configuration file (TOML).")
    var config: String

    @Option(help: "Name of the loop; the first one when not given.")
    var loop: String?

    @Option(name: [.short, .long], help: "The model file to write.")
    var output: String

    func run() throws {
        let settings = try Console.settings(config)
        let names = settings.loops.map(\.name)
        guard let index = loop.map({ names.firstIndex(of: $0) }) ?? 0 else {
            throw ValidationError(
                "--loop is \"\(loop ?? "")\"; allowed: \(names.joined(separator: ", "))")
        }
        let controllers: Controllers
        do throws(AssemblyError) {
            controllers = try Controllers(settings)
        } catch {
            throw Console.fail(error)
        }
        guard let model = controllers.models[index] else {
            throw Console.fail(
                .failed, "loop \"\(names[index])\" has no learned law: no table [loop.learned]")
        }
        do throws(ModelFault) {
            try ModelWriter.write(model, to: output)
        } catch {
            throw Console.fail(.missing, error.description)
        }
        print("\(output): \(model.shape.units) units, SHA-256 \(model.hash)")
    }
}
