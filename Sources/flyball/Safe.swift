import ArgumentParser
import Configuration
import Devices
import Glibc

struct Safe: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Drives every output to its safe level, without the daemon and without a model.",
        discussion: """
            Opens each device of the configuration, turns its outputs off and waits until it confirms. \
            Simulated devices have no outputs. systemd runs it after the daemon ended, however it ended: \
            ExecStopPost=flyball safe CONFIG.

            Exit codes: 0 every output is confirmed to be off; 1 one is not; 2 usage; 66 missing \
            input; 69 device absent; 77 permission; 78 configuration.
            """)

    @Argument(help: "Configuration file (TOML).")
    var config: String

    func run() throws {
        let settings = try Console.settings(config)
        var worst: ExitStatus?
        for device in settings.devices {
            switch device.driver {
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
