extension OptionTable {
    static let simulation = Section(
        name: .simulation, form: .table,
        presence: "mandatory when a device has `driver = \"sim\"`; `flyball simulate` needs it",
        meaning: "The simulated plant and its scenario.",
        options: [
            OptionEntry(
                "plant", .name, example: "\"tclab\"",
                "Name of a built-in plant. `T1`, `y1` and the like are its first output, `Q1`, `u1` its "
                    + "first input; on a board the first [[sensor]] and the first [[actuator]] are."
            ),
            OptionEntry(
                "speed", .number(0.1...1000), .defaulted(.number(1)), example: "20.0",
                "Simulated seconds in a real second when the daemon runs the plant."),
            OptionEntry(
                "seed", .integer(0...4_294_967_295), .defaulted(.integer(1)), example: "1",
                "Seed of all chance; the same seed gives the same run."),
            OptionEntry(
                "noise", .quantity(.anySensor, .notNegative), .optional("no noise"),
                example: "\"0.04 C\"",
                "Standard deviation of the noise of every sensor with this unit."),
            OptionEntry(
                "quantum", .quantity(.anySensor, .notNegative), .optional("no quantisation"),
                example: "\"0.3223 C\"",
                "Step of the readings of every sensor with this unit; 0 is none."),
            OptionEntry(
                "command_quantum", .number(0...32767), .defaulted(.number(0)), example: "0.5",
                "Step of every actuator's level, in its own unit; 0 is none."),
            OptionEntry(
                "command_delay_s", .number(0...3600), .defaulted(.number(0)), example: "2.0",
                "Time between a command and its effect, in whole periods."),
            OptionEntry(
                "duration_s", .number(1...10_000_000), .defaulted(.number(600)),
                example: "600.0", "Length of a run of `flyball simulate`."),
            OptionEntry(
                "parameters", .numbers, .optional("the plant's own"), example: "{ Ta = 23.0 }",
                "Parameters of the plant by name, in the plant's units; the plant checks them."),
        ])

    static let simulationEvent = Section(
        name: .simulationEvent, form: .array(0...64), presence: "optional",
        meaning: "What happens to the plant and when. "
            + "`load` adds to a load input, `load_ramp` grows to its value and stays, `load_sine` "
            + "swings, `load_walk` wanders by chance; `setpoint` changes the setpoint, "
            + "`dropout` silences a sensor, `stuck` freezes its reading, `bias` shifts it, "
            + "`noise` sets its noise, `actuator_stuck` freezes the level of an actuator, "
            + "`interlock` opens an interlock.",
        options: [
            OptionEntry(
                "at_s", .number(0...10_000_000), example: "300.0",
                "Simulated time at which it begins."),
            OptionEntry(
                "kind", .choice(eventKinds), example: "\"load\"", "What happens."),
            OptionEntry(
                "value", .number(-32767...32767), when: Condition(key: "kind", values: loadKinds),
                example: "10.0",
                "Size of the load, in the plant's unit of this input: the step, the end of the ramp, "
                    + "the amplitude, or the deviation of the walk's steps in one second."),
            OptionEntry(
                "over_s", .number(0...10_000_000),
                when: Condition(key: "kind", values: ["load_ramp"]), example: "60.0",
                "How long the ramp takes."),
            OptionEntry(
                "cycle_s", .number(0.001...10_000_000),
                when: Condition(key: "kind", values: ["load_sine"]), example: "120.0",
                "How long one swing takes."),
            OptionEntry(
                "bound", .number(0...32767),
                when: Condition(key: "kind", values: ["load_walk"]), example: "20.0",
                "How far the walk goes at most, to either side."),
            OptionEntry(
                "value", .quantity(.sensor, .any),
                when: Condition(key: "kind", values: ["setpoint", "bias"]), example: "\"2 C\"",
                "The new setpoint, or the shift of the reading."),
            OptionEntry(
                "value", .quantity(.sensor, .notNegative),
                when: Condition(key: "kind", values: ["noise"]), example: "\"0.5 C\"",
                "Standard deviation of the noise."),
            OptionEntry(
                "duration_s", .number(0...10_000_000), .defaulted(.number(0)), example: "20.0",
                "How long it lasts; 0 is to the end."),
            OptionEntry(
                "input", .integer(1...4), .defaulted(.integer(1)),
                when: Condition(key: "kind", values: loadKinds), example: "1",
                "Which load input of the plant."),
            OptionEntry(
                "loop", .reference(.loop), .optional("the first loop"),
                when: Condition(key: "kind", values: ["setpoint"]), example: "\"heater\"",
                "Whose setpoint changes."),
            OptionEntry(
                "sensor", .reference(.sensor), .optional("the sensor of the first loop"),
                when: Condition(key: "kind", values: ["dropout", "stuck", "bias", "noise"]),
                example: "\"t1\"", "Which sensor is hit."),
            OptionEntry(
                "actuator", .reference(.actuator), .optional("the actuator of the first loop"),
                when: Condition(key: "kind", values: ["actuator_stuck"]), example: "\"q1\"",
                "Which actuator is hit."),
            OptionEntry(
                "interlock", .reference(.interlock), .optional("the first interlock"),
                when: Condition(key: "kind", values: ["interlock"]), example: "\"estop\"",
                "Which interlock opens."),
        ])

    /// The words for `kind` of an event.
    static let eventKinds = [
        "load", "load_ramp", "load_sine", "load_walk", "setpoint", "dropout", "stuck", "bias",
        "noise", "actuator_stuck", "interlock",
    ]

    static let loadKinds = ["load", "load_ramp", "load_sine", "load_walk"]
}
