import ArgumentParser
import Devices

struct Detect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the hardware of this machine as the lines of a configuration.",
        discussion: """
            GPIO chips with their lines, PWM chips, DS18B20 sensors, IIO converters, hardware monitors, \
            thermal zones and serial ports: each as the [[device]] that drives it, with the channels to \
            choose from as comments. What is on a serial port cannot be seen: its drivers are to choose from, too. \
            Nothing is opened for driving, and nothing is written.

            flyball detect > found.toml
            flyball detect --json

            Exit codes: 0 ok, also when nothing is there; 2 usage.
            """)

    @Flag(help: "Prints one JSON object instead.")
    var json = false

    @Option(help: .hidden)
    var root = ""

    func run() throws {
        let inventory = Inventory(
            files: SystemFileCalls(root: root), lines: SystemGPIOCalls(directory: root + "/dev"))
        if json {
            try Console.print(json: InventoryReport(inventory))
            return
        }
        let text = inventory.configuration
        guard !text.isEmpty else {
            Console.error("nothing found that a configuration can name")
            return
        }
        print("# Found by `flyball detect`; docs/configuration.md explains every key.")
        print(text, terminator: "")
    }
}
