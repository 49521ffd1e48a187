extension OptionTable {
    static let loop = Section(
        name: .loop, form: .array(1...4), presence: "",
        meaning: "One sensor, one law, one actuator, or the setpoint of another loop.",
        options: [
            OptionEntry("name", .name, example: "\"heater\"", "Name in records and messages."),
            OptionEntry("sensor", .reference(.sensor), example: "\"t1\"", "What is controlled."),
            OptionEntry(
                "actuator", .reference(.actuator), .optional("mandatory without [loop.cascade]"),
                example: "\"q1\"", "What is driven; each actuator has one loop at most."),
            OptionEntry(
                "period_ms", .integer(1...3_600_000), .optional("the period of the program"),
                example: "1000",
                "Time from one tick of this loop to the next, a multiple of the program's. Limits and "
                    + "interlocks are looked at in the loop's own ticks."),
            OptionEntry(
                "setpoint", .quantity(.sensor, .any), example: "\"50 C\"",
                "Setpoint at the start: inside the sensor's range and between its limits. A loop "
                    + "that another one commands has it where [loop.cascade] says so."),
            OptionEntry(
                "ramp", .quantity(.sensorPerSecond, .positive), .optional("no ramp"),
                example: "\"1 C/s\"", "Fastest change of the setpoint that the law sees."),
            OptionEntry(
                "law", .choice(Law.allCases.map(\.rawValue)), example: "\"learned\"",
                "Which law acts; the PID of [loop.pid] stands by for the learned law."),
        ])

    static let loopProfile = Section(
        name: .loopProfile, form: .array(0...64), presence: "optional",
        meaning: "Setpoints at given times. Times increase from entry to entry.",
        options: [
            OptionEntry(
                "at_s", .number(0...10_000_000), example: "600.0",
                "Time since the start of the loop."),
            OptionEntry(
                "setpoint", .quantity(.sensor, .any), example: "\"40 C\"",
                "Setpoint from then on, under the same limits as the first."),
        ])

    static let loopPID = Section(
        name: .loopPID, form: .table, presence: "mandatory",
        meaning: "The PID: the law itself, or what the learned law falls back to. "
            + "u = kp (b r - y + (1/ti) integral of (r - y) - td dy/dt).",
        options: [
            OptionEntry(
                "kp", .quantity(.actuatorPerSensor, .notZero), example: "\"8.5 %/C\"",
                "Proportional gain; negative where more output lowers the measurement."),
            OptionEntry(
                "ti_s", .number(0...1_000_000), example: "70.0",
                "Integral time; 0 is no integral action: without error the safe level is driven."),
            OptionEntry(
                "td_s", .number(0...100_000), .defaulted(.number(0)), example: "0.0",
                "Derivative time; 0 is no derivative action."),
            OptionEntry(
                "tf_s", .number(0...100_000), .optional("td_s / 8"), example: "0.0",
                "Time constant of the derivative filter."),
            OptionEntry(
                "filter_s", .number(0...100_000), .defaulted(.number(0)), example: "0.0",
                "Time constant of a filter on the measurement, before all three parts; 0 is none. "
                    + "Limits and checks look at the measurement itself; `from-pid` has no such "
                    + "filter."),
            OptionEntry(
                "b", .number(0...1), .defaulted(.number(1)), example: "1.0",
                "Weight of the setpoint in the proportional part."),
            OptionEntry(
                "tt_s", .number(0...1_000_000), .defaulted(.number(0)), example: "0.0",
                "Tracking time of the anti-windup; 0 chooses it from ti_s and td_s."),
        ])

    static let loopLearned = Section(
        name: .loopLearned, form: .table, presence: "mandatory when `law = \"learned\"`",
        meaning: "The learned law.",
        options: [
            OptionEntry(
                "model", .path, example: "\"from-pid\"",
                "`from-pid` writes the weights down from [loop.pid]; anything else is a model file, "
                    + "relative to the directory of this file."),
            OptionEntry(
                "process", .path, .optional("none"), example: "\"heater-tune.json\"",
                "State file of `flyball tune`, relative to the directory of this file: what a model "
                    + "for processes of all kinds must be told of this one."),
            OptionEntry(
                "allow_uncertified", .boolean, .defaulted(.boolean(false)), example: "false",
                "Runs a model whose certificate is missing or does not hold, or whose envelope "
                    + "leaves out a setpoint, and says so at every start."),
        ])

    static let loopSupervisor = Section(
        name: .loopSupervisor, form: .table, presence: "optional",
        meaning: "When the loop leaves its law, and when it comes back.",
        options: [
            OptionEntry(
                // After a minute the rate check believes any value: what was measured before
                // says nothing any more, and a command must not rest on it.
                "bridge_ms", .integer(0...60_000), .defaulted(.integer(3000)), example: "3000",
                "How long the last estimate serves when readings are missing, before the safe "
                    + "level is driven; at most a minute, after which nothing is known of the plant."
            ),
            OptionEntry(
                "recover_ms", .integer(0...3_600_000), .defaulted(.integer(10000)),
                example: "10000", "How long readings must be good before a law acts again."),
            OptionEntry(
                "retry_ms", .integer(0...86_400_000), .defaulted(.integer(60000)),
                example: "60000",
                "Time without a fault after which the learned law is tried again; 0 is never."),
        ])
}
