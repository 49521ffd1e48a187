import ArgumentParser

struct Safe: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Drives every output to its safe level, without the daemon and without a model.")

    @Argument(help: "Configuration file (TOML).")
    var config: String

    func run() throws {
        throw Console.fail(.failed, "")
    }
}
