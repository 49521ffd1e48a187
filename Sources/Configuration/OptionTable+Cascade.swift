/// The keys of cascades, of feed-forward and of what is known of a process.
extension OptionTable {
    static let loopCascade = Section(
        name: .loopCascade, form: .table,
        presence: "optional; in place of the key `actuator`",
        meaning: "The loop commands the setpoint of another loop. Where this page says the "
            + "actuator's unit, it is the unit of that loop's sensor then. The other loop has no "
            + "`ramp` and no profile; its own `setpoint` is where the cascade begins.",
        options: [
            OptionEntry(
                "inner", .reference(.loop), example: "\"jacket\"",
                "The loop whose setpoint it is; each has one at most, and none leads back to "
                    + "itself. It must not be the slower one."),
            OptionEntry(
                "range", .range(.actuator), example: "[\"20 C\", \"90 C\"]",
                "Setpoints that may be asked for, between the limits of the inner loop's sensor: 0 "
                    + "and 1 of the command."),
            OptionEntry(
                "slew", .quantity(.actuatorPerSecond, .positive), .optional("no limit"),
                example: "\"1 C/s\"", "Fastest change of that setpoint; the law knows of it."),
            OptionEntry(
                "lost", .choice(["hold", "setpoint"]), .defaulted(.text("hold")),
                example: "\"hold\"",
                "What the inner loop goes on with while this one has lost its measurement: `hold` is "
                    + "the last setpoint, `setpoint` its own. After any other fault of this one it is "
                    + "safe in the same tick."),
            OptionEntry(
                "lost_ms", .integer(0...3_600_000), example: "60000",
                "For how long; then the inner loop goes to its safe state."),
        ])

    static let loopFeedForward = Section(
        name: .loopFeedForward, form: .table, presence: "optional",
        meaning: "A measured disturbance that is added to the command, whichever law acts: "
            + "gain (1 + lead_s s) / (1 + lag_s s) (d - zero), within `limit`.",
        options: [
            OptionEntry(
                "sensor", .reference(.sensor), example: "\"feed\"",
                "What measures the disturbance; nothing else uses it."),
            OptionEntry(
                "gain", .quantity(.actuatorPerSensor, .notZero), example: "\"2 %/C\"",
                "In the actuator's unit for each unit of that sensor."),
            OptionEntry(
                "zero", .quantity(.sensor, .any), example: "\"20 C\"",
                "The disturbance at which nothing is added, within that sensor's range."),
            OptionEntry(
                "lead_s", .number(0...100_000), .defaulted(.number(0)), example: "0.0",
                "Lead; needs a lag."),
            OptionEntry(
                "lag_s", .number(0...100_000), .defaulted(.number(0)), example: "0.0", "Lag."),
            OptionEntry(
                "limit", .range(.actuator), example: "[\"-30 %\", \"30 %\"]",
                "What may be added; 0 lies between."),
            OptionEntry(
                "lost", .choice(["fade", "hold"]), .defaulted(.text("fade")),
                example: "\"fade\"",
                "What happens while that sensor says nothing plausible: `fade` lets what is added go "
                    + "to 0, `hold` keeps it."),
            OptionEntry(
                "fade_s", .number(0.001...1_000_000), .defaulted(.number(60)), example: "60.0",
                "How long a way across the whole of `limit` takes, when it fades and when it comes "
                    + "back."),
        ])

    static let loopProcess = Section(
        name: .loopProcess, form: .table, presence: "optional",
        meaning: "The process, as `flyball tune` finds it. What [loop.unresponsive] and "
            + "[loop.uncommanded] leave out follows from it, unless another loop commands this one; "
            + "`flyball check` prints the figures.",
        options: [
            OptionEntry(
                "gain", .quantity(.sensorPerActuator, .notZero), example: "\"0.7 C/%\"",
                "What the measurement gains for each unit of the command, in the end."),
            OptionEntry("lag_s", .number(0.001...1_000_000), example: "150.0", "Lag."),
            OptionEntry(
                "second_lag_s", .number(0...1_000_000), .defaulted(.number(0)), example: "0.0",
                "Second lag."),
            OptionEntry(
                "dead_time_s", .number(0...1_000_000), .defaulted(.number(0)), example: "0.0",
                "Dead time."),
            OptionEntry(
                "rest", .quantity(.sensor, .any), example: "\"21 C\"",
                "The measurement without a command."),
        ])
}
