/// What becomes of an output in one event, and what can be done about it.
package struct OutputFate: Equatable, Sendable, Encodable {
    /// What may happen to the daemon and its board.
    package enum Event: String, CaseIterable, Sendable, Encodable {
        case terminate = "SIGTERM"
        case kill = "SIGKILL"
        case serviceWatchdog = "service watchdog"
        case kernelHang = "kernel hang"
        case powerUp = "power-up"
    }

    package enum Verdict: String, Sendable, Encodable {
        /// At its safe level within a second.
        case safe
        /// At its safe level later, as the text says.
        case late
        /// It may stay as it is for ever.
        case stays
    }

    package var event: Event
    package var verdict: Verdict
    package var what: String
    /// Empty when there is nothing to mend.
    package var remedy: String

    /// The fates of an output on this board, one for each event, in order.
    package static func all(of kind: OutputKind, on board: BoardFacts) -> [OutputFate] {
        Event.allCases.map { event in
            switch kind {
            case .simulated:
                OutputFate(event: event, verdict: .safe, what: "simulated", remedy: "")
            case .tclab: tclab(event, board)
            case .gpioLine: gpioLine(event, board)
            case .pwmChannel: pwmChannel(event, board)
            case .serialDevice: serialDevice(event, board)
            }
        }
    }

    // MARK: Kinds

    private static func tclab(_ event: Event, _ board: BoardFacts) -> OutputFate {
        switch event {
        case .terminate:
            OutputFate(
                event: event, verdict: .safe, what: "off and confirmed; 4 s for a deaf board",
                remedy: "")
        case .kill: afterKill(event, board, left: "its last level: its firmware has no timeout")
        case .serviceWatchdog: afterWatchdog(event, board)
        case .kernelHang:
            afterHang(
                event, board,
                then: "then off when the daemon opens the port, unless USB power stayed on and the "
                    + "daemon does not start")
        case .powerUp:
            OutputFate(
                event: event, verdict: .safe, what: "off: its firmware begins at 0", remedy: "")
        }
    }

    private static func gpioLine(_ event: Event, _ board: BoardFacts) -> OutputFate {
        switch event {
        case .terminate:
            switch board.releasedLine {
            case .becomesInput:
                OutputFate(
                    event: event, verdict: .safe,
                    what: "the safe level; then released, an input: the pull decides",
                    remedy: resistor)
            case .keepsLevel:
                OutputFate(
                    event: event, verdict: .safe,
                    what: "the safe level, which this kernel keeps on the released line", remedy: ""
                )
            case .unknown:
                OutputFate(
                    event: event, verdict: .safe,
                    what: "the safe level; then released: kept, unless the chip's driver resets it",
                    remedy: resistor + ". " + trial)
            }
        case .kill:
            switch board.releasedLine {
            case .becomesInput:
                OutputFate(
                    event: event, verdict: .safe,
                    what: "becomes an input at once: the pull decides", remedy: resistor)
            case .keepsLevel:
                afterKill(
                    event, board, left: "its last level: this kernel keeps released outputs",
                    also: persistenceRemedy)
            case .unknown:
                afterKill(
                    event, board, left: "its last level, unless the chip's driver resets it",
                    also: trial)
            }
        case .serviceWatchdog: afterWatchdog(event, board)
        case .kernelHang:
            afterHang(event, board, then: "then an input, as at power-up")
        case .powerUp:
            OutputFate(
                event: event, verdict: .late,
                what: "an input until the daemon has it: the pull decides",
                remedy: powerUpRemedy(board))
        }
    }

    private static func pwmChannel(_ event: Event, _ board: BoardFacts) -> OutputFate {
        switch event {
        case .terminate:
            OutputFate(
                event: event, verdict: .safe, what: "the safe level; disabled when that is 0",
                remedy: "")
        case .kill:
            afterKill(event, board, left: "its last duty: a sysfs PWM outlives its writer")
        case .serviceWatchdog: afterWatchdog(event, board)
        case .kernelHang: afterHang(event, board, then: "then without a signal, as at power-up")
        case .powerUp:
            OutputFate(
                event: event, verdict: .late, what: "no signal until the daemon has it",
                remedy: resistor)
        }
    }

    private static func serialDevice(_ event: Event, _ board: BoardFacts) -> OutputFate {
        let timeout =
            "A timeout in the device: to its safe level when it hears nothing for some seconds"
        switch event {
        case .terminate:
            return OutputFate(
                event: event, verdict: .safe,
                what: "told the safe level until it confirms, for 1 s; a deaf device keeps its "
                    + "last level, unless it has a timeout",
                remedy: timeout)
        case .kill:
            return afterKill(
                event, board, left: "its last level, unless the device has a timeout",
                also: timeout)
        case .serviceWatchdog: return afterWatchdog(event, board)
        case .kernelHang:
            var fate = afterHang(
                event, board, then: "and the daemon tells the device when it has started")
            fate.remedy = [fate.remedy, timeout].filter { !$0.isEmpty }.joined(separator: ". ")
            return fate
        case .powerUp:
            return OutputFate(
                event: event, verdict: .late,
                what: "what the device does until the daemon tells it",
                remedy: "A device that begins with its outputs off")
        }
    }

    // MARK: What the kinds have in common

    private static func afterKill(
        _ event: Event, _ board: BoardFacts, left: String, also other: String = ""
    ) -> OutputFate {
        guard board.hasService else {
            let remedies = ["Run it as the service of scripts/install: ExecStopPost drives it safe"]
            return OutputFate(
                event: event, verdict: .stays, what: "keeps " + left,
                remedy: (remedies + [other]).filter { !$0.isEmpty }.joined(separator: ". "))
        }
        return OutputFate(
            event: event, verdict: .late,
            what: "keeps " + left
                + "; then ExecStopPost drives it safe, when the daemon ran as the "
                + "service", remedy: other)
    }

    private static func afterWatchdog(_ event: Event, _ board: BoardFacts) -> OutputFate {
        OutputFate(
            event: event, verdict: board.hasService ? .late : .stays,
            what: "the device's thread drives the safe level after max_age_ms"
                + (board.hasService
                    ? "; then the service is ended, and ExecStopPost drives it again"
                    : "; if that thread hangs as well, nothing does"),
            remedy: board.hasService ? "" : "Run it as the service of scripts/install: WatchdogSec")
    }

    private static func afterHang(
        _ event: Event, _ board: BoardFacts, then: String
    ) -> OutputFate {
        guard board.isWatchdogArmed else {
            return OutputFate(
                event: event, verdict: .stays,
                what: "keeps its last level: nothing resets the board",
                remedy: board.watchdog == nil
                    ? "This board has no hardware watchdog: an independent cut-out"
                    : "RuntimeWatchdogSec=10s in /etc/systemd/system.conf.d/watchdog.conf")
        }
        let limit = board.watchdogSeconds.map { "after \($0) s" } ?? "after its time"
        return OutputFate(
            event: event, verdict: .late,
            what: "keeps its last level; \(limit) the watchdog resets the board, " + then,
            remedy: (board.watchdogSeconds ?? 0) > longWatchdogSeconds
                ? "RuntimeWatchdogSec=10s in /etc/systemd/system.conf.d/watchdog.conf" : "")
    }

    /// Raspberry Pi OS sets a minute.
    private static let longWatchdogSeconds = 15

    /// Raspberry Pi OS (raspberrypi/linux issue 6117).
    private static let persistenceRemedy =
        "dtparam=strict_gpiod in /boot/firmware/config.txt, or "
        + "pinctrl_bcm2835.persist_gpio_outputs=n (Pi 5: pinctrl_rp1) on the kernel command line"

    private static let resistor = "A resistor that pulls the driver's input to its safe level"
    private static let trial = "Try it with a lamp"

    private static func powerUpRemedy(_ board: BoardFacts) -> String {
        guard board.isRaspberryPi else { return resistor }
        return resistor
            + ". On a Pi GPIO 0 to 8 are pulled up and the others down; gpio=17=op,dl in "
            + "config.txt sets a line early"
    }
}
