/// The keys of the rules that look at more than one reading, and of interlocks.
extension OptionTable {
    static let loopStuck = Section(
        name: .loopStuck, form: .table,
        presence: "optional; without it a stuck sensor is not noticed",
        meaning: "When a reading that does not move is that of a stuck sensor. It must move by "
            + "`resolution` within `stuck_s` while the command is `command` away from where it was "
            + "at the last movement, or the setpoint of the law that acts is `deviation` away.",
        options: [
            OptionEntry(
                "stuck_s", .number(0.001...1_000_000), example: "120.0",
                "How long there may be a reason to move without a movement; longer than dead "
                    + "time and slowest lag of the plant."),
            OptionEntry(
                "resolution", .quantity(.sensor, .positive), example: "\"0.5 C\"",
                "What a reading moves by that works: more than its noise and its steps."),
            OptionEntry(
                "deviation", .quantity(.sensor, .positive), example: "\"5 C\"",
                "Distance of the setpoint at which the loop is away from rest: more than the "
                    + "law leaves for ever."),
            OptionEntry(
                "command", .quantity(.actuator, .positive),
                .optional("a tenth of the actuator's range"), example: "\"10 %\"",
                "Movement of the command that must move the reading."),
        ])

    static let loopUnresponsive = Section(
        name: .loopUnresponsive, form: .table, presence: "optional; without it nothing is expected",
        meaning:
            "What the plant must do when it is commanded: a dead heater, a sensor that fell "
            + "off. While the command is at or above `command` and the setpoint further than "
            + "`change` away, the measurement moves by `change` within each `time_s`, upwards "
            + "if `kp` is positive. Latches.",
        options: response(
            command: "\"80 %\"",
            "The command from which on, above what holds the highest setpoint.",
            change: "\"2 C\"", "How far the measurement must move."))

    static let loopUncommanded = Section(
        name: .loopUncommanded, form: .table, presence: "optional; without it nothing is expected",
        meaning:
            "What the plant must not do when nobody commands it: a relay that sticks. When "
            + "the command has been at or below `command` for `time_s`, the measurement moves "
            + "no more than `change` within a further `time_s`, upwards if `kp` is positive. "
            + "Looked at in the safe state too. Latches.",
        options: response(
            command: "\"2 %\"", "The command up to which: what moves nothing.",
            change: "\"3 C\"", "How far the measurement may move; more than a load can move it."))

    private static let fromProcess = OptionEntry.Presence.optional(
        "from [loop.process]; mandatory without it")

    private static func response(
        command: String, _ commandMeaning: String, change: String, _ changeMeaning: String
    ) -> [OptionEntry] {
        [
            OptionEntry(
                "command", .quantity(.actuator, .any), fromProcess, example: command,
                commandMeaning),
            OptionEntry(
                "time_s", .number(0.001...1_000_000), fromProcess, example: "60.0",
                "Within which time; longer than the dead time of the plant."),
            OptionEntry(
                "change", .quantity(.sensor, .positive), fromProcess, example: change,
                changeMeaning),
        ]
    }

    static let loopRedundant = Section(
        name: .loopRedundant, form: .table, presence: "optional",
        meaning:
            "A second sensor of the same quantity, which must agree. The law uses the loop's "
            + "sensor only; the limits of both hold.",
        options: [
            OptionEntry(
                "sensor", .reference(.sensor), example: "\"t2\"",
                "The second sensor, in the same unit; no loop controls it."),
            OptionEntry(
                "disagreement", .quantity(.sensor, .positive), example: "\"3 C\"",
                "How far the two may be apart."),
            OptionEntry(
                "time_s", .number(0.001...1_000_000), example: "10.0",
                "How long they may be further apart, or the second one silent."),
        ])

    /// Drivers that read a level.
    static let interlockDrivers = ["gpio", "line", "modbus", "sim"]

    /// Keys of a sensor on a board that say how a level is read.
    private static let levelKeys = ["channel", "bias", "debounce_us"]

    static let interlock = Section(
        name: .interlock, form: .array(0...8), presence: "optional",
        meaning:
            "An input that must be active for outputs to be driven: an enable, a door, an "
            + "emergency stop. Inactive, not read or too old it drives the safe levels in the "
            + "same tick, whatever else is asked for. On the simulated plant it is active, but "
            + "for events.",
        options: [
            OptionEntry("name", .name, example: "\"estop\"", "Name in records and messages."),
            OptionEntry("device", .reference(.device), example: "\"lines\"", "Where it is read."),
            OptionEntry(
                "active", .choice(["high", "low"]), .defaulted(.text("high")), example: "\"high\"",
                "The level that permits: `high` is a half and more. Choose it so that a "
                    + "broken wire does not."),
            OptionEntry(
                "max_age_ms", .integer(1...600_000), example: "1000",
                "Age at which a reading permits no more; at least one period."),
            OptionEntry(
                "latch", .boolean, .defaulted(.boolean(true)), example: "true",
                "Whether the safe state stays when it permits again, until the operator asks "
                    + "for the safe state and then for a law; if not, until `recover_ms` have gone."
            ),
            OptionEntry(
                "loop", .reference(.loop), .optional("all loops"), example: "\"heater\"",
                "Which loop it concerns."),
        ]
            + boardSensor.filter { entry in
                levelKeys.contains(entry.key) && entry.condition?.values == ["gpio"]
            } + serialSensor + registerNumber)
}
