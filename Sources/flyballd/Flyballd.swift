import ArgumentParser
import Configuration
import Glibc

@main
struct Flyballd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flyballd",
        abstract: "Runs the control loops of a configuration in real time.",
        discussion: """
            Every tick it reads the sensors, runs the learned law and the PID side by side, lets the supervisor \
            choose, and drives the actuators. SIGTERM and SIGINT end it: all outputs go to their \
            safe levels first. SIGHUP reads the configuration again: it is exchanged between two ticks, or \
            refused as a whole (docs/reload.md); it ends a daemon whose terminal is gone.

            Exit codes: 0 ended as asked; 2 usage; 65 damaged model; 66 missing input; 69 device \
            absent or refused; 77 permission; 78 configuration; 100 a safe state is latched and \
            needs the operator.
            """,
        version: "0.1.0")

    @Option(help: "Configuration file (TOML).")
    var config: String

    @Flag(help: "Validates the configuration and its models, then exits.")
    var check = false

    @Flag(help: "Draws the first loop in the terminal while it runs.")
    var live = false

    @Option(
        name: .customLong("duration-s"),
        help:
            "Ends after so many seconds of the loop's clock; on a simulated plant these are simulated."
    )
    var duration: Double?

    /// In front of `/dev` and `/sys` for the devices of boards: for tests on a tree of files.
    @Option(help: .hidden)
    var root = ""

    func validate() throws {
        if let duration, !(duration > 0 && duration <= 100_000_000) {
            throw ValidationError("--duration-s is \(duration); allowed: above 0, up to 100000000")
        }
    }

    func run() throws {
        let status = Daemon.run(
            Daemon.Options(
                path: config, isCheck: check, isLive: live, durationSeconds: duration,
                root: root))
        throw ExitCode(status.rawValue)
    }

    /// As the library's own `main`, but a wrong call exits with 2.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let status = exitCode(for: error)
            guard status == .validationFailure else { exit(withError: error) }
            Log.write(.error, fullMessage(for: error))
            Glibc.exit(ExitStatus.usage.rawValue)
        }
    }
}
