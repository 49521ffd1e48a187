import ArgumentParser
import ControlSocket

struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Has a running daemon read its configuration again.",
        usage: "flyball reload [<configuration>] [<options>]",
        discussion: """
            As SIGHUP does, but the answer says what has changed, or why all of it was refused; \
            then the loops go on as they were. The daemon reads the file that it was started with \
            and the models again; the configuration named here only says where its socket is \
            (docs/reload.md).

            flyball reload configs/tclab.toml
            flyball reload --socket /run/flyball/tclab.sock --json

            Exit codes: 0 in force; 1 refused, nothing has changed; 2 usage; 69 no daemon; 77 \
            permission.
            """)

    @Argument(help: "Configuration that the daemon runs.")
    var configuration: String?

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: "Prints the daemon's answer as JSON.")
    var json = false

    func run() throws {
        let answer = try daemon.connect(configuration).ask(ControlRequest(.reload))
        if json { return try Console.print(json: answer) }
        guard let report = answer.reload else {
            throw Console.fail(.failed, "the daemon's answer does not say what has changed")
        }
        print(Self.text(report))
    }

    static func text(_ report: ReloadReport) -> String {
        let keys =
            report.changedKeys.isEmpty
            ? "no key has changed" : report.changedKeys.joined(separator: ", ")
        let laws =
            report.replacedLaws == 0
            ? "" : "; loops with another learned law: \(report.replacedLaws)"
        return "reloaded (\(report.revision)): \(keys)\(laws)"
    }
}
