import ArgumentParser
import Assembly
import Configuration
import Devices
import Glibc

struct Safe: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Drives every output to its safe level, without the daemon and without a model.",
        discussion: """
            Opens each device of the configuration, drives its outputs to their safe levels and waits \
            until it confirms: a TCLab is turned off, lines and pulses take the level that `safe` \
            says, devices on a serial line are told it and must answer. Simulated devices have no outputs. systemd runs it after the daemon ended, however it ended: \
            ExecStopPost=flyball safe CONFIG.

            Exit codes: 0 every output is safe; 1 one is not; 2 usage; 66 missing \
            input; 69 device absent; 77 permission; 78 configuration.
            """)

    @Argument(help: "Configuration file (TOML).")
    var config: String

    @Option(help: .hidden)
    var root = ""

    func run() throws {
        let settings = try Console.settings(config)
        var worst: ExitStatus?
        for (index, device) in settings.devices.enumerated() {
            switch device.driver {
            case .gpio, .pwm, .ds18b20, .iio, .hwmon, .thermal, .line:
                if let board = Board(settings, device: index, root: root) {
                    worst = driveSafe(board) ?? worst
                }
            case .simulated: print("\(device.name): simulated, nothing to drive")
            case .tclab(let path, _):
                do throws(TCLabSafeFault) {
                    try TCLabSafe.drive(path: path.value)
                    print("\(device.name): heaters off, confirmed")
                } catch {
                    // The other devices still get their turn.
                    worst = report(error, device.name, path.value)
                }
            }
        }
        if let worst { throw worst.code }
    }

    private func driveSafe(_ board: Board) -> ExitStatus? {
        var worst: ExitStatus?
        for (_, fault) in board.device.driveSafe(clock: SystemBoardClock()) {
            Console.error("\(board.name): \(fault): check its outputs")
            if case .notDriven = fault {
                worst = .failed
            } else {
                worst = fault.isPermission ? .notPermitted : .absent
            }
        }
        if worst == nil { print("\(board.name): outputs safe") }
        return worst
    }

    private func report(_ fault: TCLabSafeFault, _ name: String, _ path: String) -> ExitStatus {
        switch fault {
        case .notOpened(let code):
            Console.error(
                "\(name): \(path) cannot be opened: " + (unsafe String(cString: strerror(code))))
            return code == EACCES ? .notPermitted : .absent
        case .unconfirmed:
            Console.error("\(name): the board did not confirm that its heaters are off: check it")
            return .failed
        }
    }
}
