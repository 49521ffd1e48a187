import ArgumentParser
import Assembly
import Configuration
import Devices
import Pictures
import Realtime

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what this board can promise, and what becomes of each output.",
        discussion: """
            First what makes ticks late: scheduling, control group, throttling, other threads, \
            processors, memory, clocks. Then each output of CONFIG in each event: SIGTERM, SIGKILL, \
            the service's watchdog, a hung kernel, power-up; with the remedy. Without CONFIG: any \
            GPIO line and any PWM channel of this board. Nothing is opened and nothing is changed.

            Run it as the user that the daemon runs as: other users have other rights.

            flyball doctor
            flyball doctor configs/tclab.toml

            Exit codes: 0 nothing to mend; 1 something that was asked for is not permitted, or an \
            output may stay on; 2 usage; 66 missing input; 77 permission; 78 configuration.
            """)

    @Argument(help: "Configuration file (TOML).")
    var config: String?

    @Flag(help: "Prints one JSON object instead of the text.")
    var json = false

    func run() throws {
        let calls = SystemRealtimeCalls()
        let settings = try config.map { try Console.settings($0) }
        let report = DoctorReport(settings, calls: calls)
        if json {
            try Console.print(json: report)
        } else {
            print(report.text(), terminator: "")
        }
        guard report.isHealthy else { throw ExitStatus.failed.code }
    }
}
