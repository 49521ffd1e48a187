import ArgumentParser
import ControlSocket

struct SetSetpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Gives a loop of a running daemon another setpoint.",
        usage: "flyball set <loop> <value> [<options>]",
        discussion: """
            It has to be within the range of the sensor, between its limits, and within what the \
            learned law was made for. It holds until it is set again or the daemon ends; \
            `configured` gives the setpoint back to the configuration and its profile.

            flyball set heater 45
            flyball set heater "45 C" --config configs/tclab.toml
            flyball set heater configured
            flyball set freezer -- -18

            Exit codes: 0 in force; 1 refused; 2 usage; 69 no daemon; 77 permission.
            """)

    @Argument(help: "Name of the loop.")
    var loop: String

    @Argument(help: "Setpoint in the sensor's unit, or `configured`.")
    var value: String

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: "Prints the daemon's answer as JSON.")
    var json = false

    func run() throws {
        var request = ControlRequest(.set, loop: loop)
        if value != "configured" {
            let digits = value.prefix { $0.isNumber || "+-.eE".contains($0) }
            guard let setpoint = Double(digits), setpoint.isFinite else {
                throw ValidationError("the value is \"\(value)\"; allowed: a number, or configured")
            }
            request.setpoint = setpoint
            let unit = value[digits.endIndex...].drop { $0 == " " }
            if !unit.isEmpty { request.unit = String(unit) }
        }
        let answer = try daemon.connect().ask(request)
        try Console.print(answer, "\(loop): setpoint \(value)", json: json)
    }
}
