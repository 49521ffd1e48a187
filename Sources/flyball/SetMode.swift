import ArgumentParser
import ControlSocket

struct SetMode: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mode",
        abstract: "Says which law a loop of a running daemon runs, or gives its command by hand.",
        usage: "flyball mode <loop> <mode> [--output VALUE] [<options>]",
        discussion: """
            auto     the law of the configuration, with its fallback
            pid      the PID
            learned  the learned law, with the PID as its fallback
            shadow   the PID acts; the learned law computes beside it and is recorded
            manual   the command of --output, within range and slew rate
            safe     the safe level; also clears a latch once the limit is left

            The supervisor stands above each of them: at a limit the safe level is driven. Every \
            change is bumpless but the one into manual and safe.

            flyball mode heater manual --output 30
            flyball mode heater auto

            Exit codes: 0 in force; 1 refused; 2 usage; 69 no daemon; 77 permission.
            """)

    @Argument(help: "Name of the loop.")
    var loop: String

    @Argument(help: "auto, pid, learned, shadow, manual or safe.")
    var mode: String

    @Option(help: "The command of manual, in the actuator's unit.")
    var output: Double?

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: "Prints the daemon's answer as JSON.")
    var json = false

    func run() throws {
        var request = ControlRequest(.mode, loop: loop)
        request.mode = mode
        request.output = output
        let answer = try daemon.connect().ask(request)
        try Console.print(answer, "\(loop): mode \(mode)", json: json)
    }
}
