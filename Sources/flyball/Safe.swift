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
            until it confirms: a TCLab is turned off, lines and pulses take the level that `safe` says, \
            devices on a serial line are told it and must answer. \
            Simulated devices have no outputs. systemd runs it after the daemon ended, however it \
            ended: ExecStopPost=flyball safe CONFIG. Where the daemon has left word of what it last \
            drove (in --state, or in systemd's STATE_DIRECTORY), those outputs come first: CONFIG may \
            have been edited since, or broken.

            Exit codes: 0 every output is safe; 1 one is not; 2 usage; 66 missing \
            input; 69 device absent; 77 permission; 78 configuration.
            """)

    @Argument(help: "Configuration file (TOML).")
    var config: String

    @Option(help: .hidden)
    var root = ""

    @Option(help: "Directory where the daemon has left word of what it drove.")
    var state: String?

    func run() throws {
        let environment = unsafe getenv("STATE_DIRECTORY").map { unsafe String(cString: $0) }
        let last = (state ?? environment).flatMap { LastStart.read(directory: $0) }
        var worst = last.flatMap { drive($0) }
        guard let last else {
            if let worst = drive(try Console.settings(config)) { throw worst.code }
            return
        }
        do throws(ConfigurationError) {
            let settings = try load(path: config)
            // The same file again would only ask the same boards twice.
            if settings.text != last.text { worst = drive(settings) ?? worst }
        } catch {
            Console.error("\(error.description)\nthe outputs of the last start were driven instead")
        }
        if let worst { throw worst.code }
    }

    /// Drives every output safe; the worst of what went wrong.
    private func drive(_ settings: Settings) -> ExitStatus? {
        var worst: ExitStatus?
        // Those first that answer at once: a deaf TCLab takes its seconds.
        for index in settings.devices.indices {
            if let board = Board(settings, device: index, root: root) {
                worst = driveSafe(board) ?? worst
            }
        }
        for device in settings.devices {
            switch device.driver {
            case .gpio, .pwm, .ds18b20, .iio, .hwmon, .thermal, .line, .modbus: break
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
        return worst
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
