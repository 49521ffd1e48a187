import ArgumentParser
import Glibc

@main
struct Flyball: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flyball",
        abstract: "Simulates, checks, tunes, replays and inspects Flyball control loops.",
        discussion: """
            Begin with:
              flyball simulate configs/demo.toml --plot run.svg
              flyball check configs/demo.toml

            Exit codes: 0 ok; 1 failed comparison or check; 2 usage; 65 damaged data or model; \
            66 missing input; 69 device absent; 77 permission; 78 configuration.
            """,
        version: "0.1.0",
        subcommands: [
            Simulate.self, Check.self, Latency.self, Doctor.self, Tune.self, Train.self,
            Import.self, Evaluate.self, Inspect.self, ReplayCommand.self, Export.self,
            Detect.self, Safe.self, Status.self, SetSetpoint.self, SetMode.self, Inject.self,
            ReloadCommand.self, Reference.self,
        ])

    /// As the library's own `main`, but a wrong call exits with 2.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let status = exitCode(for: error)
            guard status == .validationFailure else { exit(withError: error) }
            Console.error(fullMessage(for: error))
            Glibc.exit(ExitStatus.usage.rawValue)
        }
    }
}
