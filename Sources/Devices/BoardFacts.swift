package import Realtime

/// What a board does to its outputs when nobody drives them, as far as Linux tells.
package struct BoardFacts: Equatable, Sendable, Encodable {
    /// What becomes of a GPIO output when the program that held it is gone.
    package enum ReleasedLine: String, Sendable, Encodable {
        /// The line keeps its last level: a heater that is on stays on.
        case keepsLevel = "keeps its level"
        /// The line becomes an input, and its pull resistor decides.
        case becomesInput = "becomes an input"
        case unknown
    }

    /// As the firmware names the board; empty when it does not.
    package var model: String
    package var kernel: String
    package var releasedLine: ReleasedLine
    /// How many PWM chips /sys/class/pwm has.
    package var pwmChips: Int
    /// The hardware watchdog's name; nil without one.
    package var watchdog: String?
    /// Whether a program keeps the hardware watchdog armed.
    package var isWatchdogArmed: Bool
    /// Seconds after which an armed watchdog resets the board; nil when it does not say.
    package var watchdogSeconds: Int?
    /// Whether the service file of the daemon is installed: it turns the outputs off after a kill.
    package var hasService: Bool

    private enum CodingKeys: String, CodingKey {
        case model, kernel, watchdog
        case releasedLine = "released_gpio_line"
        case pwmChips = "pwm_chips"
        case isWatchdogArmed = "watchdog_armed"
        case watchdogSeconds = "watchdog_s"
        case hasService = "service_installed"
    }

    package init(calls: some RealtimeCalls) {
        let modelFiles = ["/proc/device-tree/model", "/sys/class/dmi/id/product_name"]
        let found = modelFiles.lazy.compactMap { calls.text(at: $0) }.first ?? ""
        model = String(found.prefix { $0 != "\0" })
        kernel = calls.text(at: "/proc/sys/kernel/osrelease") ?? "unknown"
        releasedLine = Self.releasedLine(model: model, calls)
        pwmChips = calls.names(in: "/sys/class/pwm").filter { $0.hasPrefix("pwmchip") }.count
        let root = "/sys/class/watchdog/watchdog0"
        watchdog = calls.text(at: "\(root)/identity")
        isWatchdogArmed = calls.text(at: "\(root)/state") == "active"
        watchdogSeconds = calls.text(at: "\(root)/timeout").flatMap { Int($0) }
        hasService = Self.serviceFiles.contains { calls.text(at: $0) != nil }
    }

    package var isRaspberryPi: Bool { model.hasPrefix("Raspberry Pi") }

    private static let serviceFiles = [
        "/etc/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
        "/lib/systemd/system",
    ].map { "\($0)/flyballd@.service" }

    /// Drivers of the GPIO of Raspberry Pis: up to the Pi 4, and of the Pi 5. The option is in the
    /// kernels of Raspberry Pi OS, where it is on, and in newer kernels elsewhere.
    private static let persistenceFiles = ["pinctrl_bcm2835", "pinctrl_rp1"]
        .map { "/sys/module/\($0)/parameters/persist_gpio_outputs" }

    private static func releasedLine(
        model: String, _ calls: some RealtimeCalls
    ) -> ReleasedLine {
        let options = persistenceFiles.compactMap { calls.text(at: $0) }
        if let option = options.first { return option == "N" ? .becomesInput : .keepsLevel }
        // Older drivers of that chip, without the option, return the line to an input.
        return model.hasPrefix("Raspberry Pi") ? .becomesInput : .unknown
    }
}
