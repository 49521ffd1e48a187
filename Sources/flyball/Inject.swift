import ArgumentParser
import ControlSocket

struct Inject: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Puts a fault on a running loop, to see that it does what it should.",
        usage: "flyball inject <loop> <fault> [--duration-s S] [<options>]",
        discussion: """
            Only where the configuration says `allow_inject = true` in [control]. The fault is \
            over by itself; the record marks its ticks. A sensor's fault is a lie to the loop: on \
            hardware its heater follows it, up to the protective limits, which look at the same \
            reading. Stay beside the plant.

            sensor-missing    no reading
            sensor-stuck      the same value for ever
            sensor-offset     every reading moved by --offset
            actuator-failing  the actuator reports that nothing is acknowledged
            actuator-dead     the safe level is driven in place of the command
            interlock-open    the loop's interlocks are open
            none              takes it off

            flyball inject heater sensor-missing --duration-s 10

            Exit codes: 0 in force; 1 refused; 2 usage; 69 no daemon; 77 permission.
            """)

    @Argument(help: "Name of the loop.")
    var loop: String

    @Argument(help: "Which fault, or none.")
    var fault: String

    @Option(name: .customLong("duration-s"), help: "Seconds after which it is over, up to 3600.")
    var seconds: Double = 10

    @Option(help: "What sensor-offset adds, in the sensor's unit.")
    var offset: Double?

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: "Prints the daemon's answer as JSON.")
    var json = false

    func run() throws {
        var request = ControlRequest(.inject, loop: loop)
        request.fault = fault
        request.seconds = seconds
        request.offset = offset
        let answer = try daemon.connect().ask(request)
        try Console.print(answer, "\(loop): \(fault)", json: json)
    }
}
