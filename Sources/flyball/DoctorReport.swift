import Assembly
import Configuration
import Devices
import Pictures
import Realtime

/// The result of `flyball doctor`.
struct DoctorReport: Encodable {
    struct Output: Encodable {
        let name: String
        let kind: OutputKind
        let fates: [OutputFate]
    }

    let board: BoardFacts
    let findings: [PreflightFinding]
    let outputs: [Output]

    /// What is looked at without a configuration: a loop at 1 kHz.
    private static let wishes = RealtimeWishes(
        scheduling: .fifo(priority: 50), processors: nil, locksMemory: true,
        idleLatencyMicroseconds: nil, periodNanoseconds: 1_000_000)

    init(_ settings: Settings?, calls: some RealtimeCalls) {
        let board = BoardFacts(calls: calls)
        self.board = board
        let wishes =
            settings.map {
                RealtimeWishes($0, periodNanoseconds: UInt64($0.periodMilliseconds) * 1_000_000)
            } ?? Self.wishes
        findings = Preflight(wishes, calls: calls).run()
        let named: [(String, OutputKind)]
        if let settings {
            named = settings.actuators.map { actuator in
                ("\(actuator.name)", Self.kind(settings.devices[actuator.device.index].driver))
            }
        } else {
            named = [("any GPIO line", .gpioLine), ("any PWM channel", .pwmChannel)]
        }
        outputs = named.map { name, kind in
            Output(name: name, kind: kind, fates: OutputFate.all(of: kind, on: board))
        }
    }

    private static func kind(_ driver: Driver) -> OutputKind {
        switch driver {
        // Sensors of the kernel drive nothing.
        case .simulated, .ds18b20, .iio, .hwmon, .thermal: .simulated
        case .tclab: .tclab
        case .gpio: .gpioLine
        case .pwm: .pwmChannel
        case .line, .modbus: .serialDevice
        }
    }

    var isHealthy: Bool {
        let isPermitted = !findings.contains { $0.grade == .degraded }
        return isPermitted && !outputs.contains { $0.fates.contains { $0.verdict == .stays } }
    }

    func text() -> String {
        let name = board.model.isEmpty ? "This board" : board.model
        var text = "\(name), Linux \(board.kernel)\n\nWhat makes ticks late\n"
        for finding in findings {
            text += Self.line(finding.grade.rawValue, finding.check.rawValue, finding.found)
            if !finding.remedy.isEmpty { text += Self.line("", "", "-> " + finding.remedy) }
        }
        for output in outputs {
            text += "\nWhat becomes of \(output.name) (\(output.kind.rawValue))\n"
            for fate in output.fates {
                text += Self.line(fate.verdict.rawValue, fate.event.rawValue, fate.what)
                if !fate.remedy.isEmpty { text += Self.line("", "", "-> " + fate.remedy) }
            }
        }
        return text + "\nWhatever can burn, scald or flood needs a cut-out that works without any "
            + "software.\n"
    }

    /// `judgement  subject  words`, in columns.
    private static func line(_ judgement: String, _ subject: String, _ words: String) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        return "  " + padded(judgement, 10) + padded(subject, 18) + words + "\n"
    }
}
