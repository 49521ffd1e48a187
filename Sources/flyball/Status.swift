import ArgumentParser
import ControlSocket
import FoundationEssentials
import Glibc
import Pictures
import Realtime

struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what a running daemon does.",
        usage: "flyball status [<configuration>] [<options>]",
        discussion: """
            The daemon is the one of the configuration, of --socket, or the only one in \
            /run/flyball. Its configuration needs the table [control].

            Below the loops stands the timing since the start: how late ticks began and how long \
            they took, as percentiles and as the shape of the histogram, whose bars double from \
            one to the next in time, and are as high as the logarithm of their counts.

            flyball status configs/tclab.toml
            flyball status --watch
            flyball status --json --watch | jq .loops[0].estimate

            Exit codes: 0 ok; 1 refused; 2 usage; 69 no daemon; 77 permission.
            """)

    @Argument(help: "Configuration that the daemon runs.")
    var configuration: String?

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: "Prints one JSON object; with --watch one on a line, every second.")
    var json = false

    @Flag(help: "Goes on until it is interrupted.")
    var watch = false

    func run() throws {
        let connection = try daemon.connect(configuration)
        guard watch else {
            let status = try Self.status(connection)
            if json { try Console.print(json: status) } else { print(Self.text(status)) }
            return
        }
        let isTerminal = isatty(1) == 1
        while true {
            let status = try Self.status(connection)
            if json {
                let line = try ControlCoding.line(status)
                print(String(decoding: line, as: UTF8.self))
            } else {
                // Home and clear: the table stays in its place.
                print(isTerminal ? "\u{1B}[H\u{1B}[J" : "", terminator: "")
                print(Self.text(status))
            }
            fflush(nil)
            MonotonicClock.sleep(untilNanoseconds: MonotonicClock.nowNanoseconds + 1_000_000_000)
        }
    }

    private static func status(_ connection: DaemonConnection) throws -> DaemonStatus {
        guard let status = try connection.ask(ControlRequest(.status)).status else {
            throw Console.fail(.failed, "the daemon's answer has no status")
        }
        return status
    }

    static func text(_ status: DaemonStatus) -> String {
        var text = "\(status.name): pid \(status.processID), period \(status.periodSeconds) s"
        if status.speed != 1 { text += ", \(NumberText.significant(status.speed)) times real time" }
        text += "\n\(status.configuration)\n\n"
        var table = TextTable([
            "loop", "mode", "state", "cause", "command of", "setpoint", "estimate", "output",
            "tick", "",
        ])
        for loop in status.loops {
            table.rows.append([
                .text(loop.name), .text(loop.mode), .text(loop.state),
                .text(loop.cause + (loop.isLatched ? ", latched" : "")), .text(loop.source),
                .text("\(NumberText.significant(loop.setpoint)) \(loop.unit)"),
                .text("\(NumberText.significant(loop.estimate)) \(loop.unit)"),
                .text("\(NumberText.significant(loop.output)) \(loop.outputUnit)"),
                .text("\(loop.tick)"), .text(remarks(loop)),
            ])
        }
        return text + table.text() + TimingText.text(status)
    }

    private static func remarks(_ loop: LoopReportedStatus) -> String {
        var remarks: [String] = []
        if let reason = loop.reason { remarks.append(reason) }
        if loop.isOperatorTarget { remarks.append("setpoint by operator") }
        if loop.estimateAgeTicks > 0 {
            remarks.append("no reading for \(loop.estimateAgeTicks) ticks")
        }
        if loop.sensorFault != "none" { remarks.append("sensor \(loop.sensorFault)") }
        if loop.actuatorFault != "none" { remarks.append("actuator \(loop.actuatorFault)") }
        if let state = loop.feedForwardState, state != "acts" {
            remarks.append("feed-forward \(state)")
        }
        if let injected = loop.injected { remarks.append("injected: \(injected)") }
        if let number = loop.experiment {
            remarks.append("experiment \(number)\(loop.experimentEnd.map { ": \($0)" } ?? "")")
        }
        return remarks.joined(separator: "; ")
    }
}
