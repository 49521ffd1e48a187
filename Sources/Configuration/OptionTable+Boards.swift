/// The keys that only devices of a board have: GPIO, PWM and what sysfs shows.
extension OptionTable {
    /// Drivers whose devices have sensors, and actuators.
    static let sensorDrivers = [
        "tclab", "gpio", "ds18b20", "iio", "hwmon", "thermal", "line", "modbus", "sim",
    ]
    static let actuatorDrivers = ["tclab", "gpio", "pwm", "line", "modbus", "sim"]

    private static let gpio = Condition(key: "driver", values: ["gpio"])
    private static let pwm = Condition(key: "driver", values: ["pwm"])
    private static let scaled = Condition(
        key: "driver", values: ["gpio", "iio", "hwmon", "line", "modbus"])

    static let boardDevice = [
        OptionEntry(
            "path", .path, when: pwm, example: "\"/sys/class/pwm/pwmchip0\"",
            "The directory of the PWM chip."),
        OptionEntry(
            "chip", .path, when: Condition(key: "driver", values: ["iio", "hwmon"]),
            example: "\"max31855\"",
            "The name of the chip, as `flyball detect` shows it, or its directory; a name survives a "
                + "reboot, the numbers of directories need not."),
        OptionEntry(
            "trigger", .label, .optional("channels are read one by one"),
            when: Condition(key: "driver", values: ["iio"]), example: "\"sysfstrig0\"",
            "The chip captures all its channels by itself when this trigger fires, and the newest record "
                + "counts: the trigger's name, or `own` for a chip that needs none."),
    ]

    static let boardSensor = [
        OptionEntry(
            "channel", .label, when: gpio, example: "\"GPIO17\"",
            "The line, by its name or as chip and offset: `gpiochip0:17`."),
        OptionEntry(
            "channel", .label, when: Condition(key: "driver", values: ["ds18b20"]),
            example: "\"28-0316a279f6ff\"", "The serial number of the sensor."),
        OptionEntry(
            "channel", .label, when: Condition(key: "driver", values: ["iio"]),
            example: "\"voltage0\"",
            "The channel: `voltage0` in mV, `temp` in m°C and so on, as the kernel documents them."),
        OptionEntry(
            "channel", .label, when: Condition(key: "driver", values: ["hwmon"]),
            example: "\"temp1\"", "The input: `temp1` in C, `fan1` in rpm, `in0` in mV."),
        OptionEntry(
            "channel", .label, when: Condition(key: "driver", values: ["thermal"]),
            example: "\"cpu-thermal\"", "The type of the zone, in C, or its entry `thermal_zone0`."),
        OptionEntry(
            "measure", .choice(LineMeasure.allCases.map(\.rawValue)), .defaulted(.text("level")),
            when: gpio, example: "\"frequency\"",
            "What is measured: `level` is 1 for active and 0, `frequency` edges in a second, `period` "
                + "seconds between them, `count` edges since the start, `quadrature` the quarter "
                + "steps of an encoder."),
        OptionEntry(
            "channel_b", .label, .optional("none"), when: gpio, example: "\"GPIO27\"",
            "The second line of an encoder, with `quadrature`; on the same chip. Forwards is the first "
                + "line before the second."),
        OptionEntry(
            "active_low", .boolean, .defaulted(.boolean(false)), when: gpio, example: "true",
            "Whether the line is active when its voltage is low. Edges are counted when it becomes "
                + "active."),
        OptionEntry(
            "bias", .choice(LineBias.allCases.map(\.rawValue)), .defaulted(.text("as-is")),
            when: gpio, example: "\"pull-up\"", "The resistor inside the chip."),
        OptionEntry(
            "debounce_us", .integer(0...1_000_000), .defaulted(.integer(0)), when: gpio,
            example: "500",
            "A level is believed when it has stood for so long; an edge that follows another one "
                + "sooner is not counted. Not used by `quadrature`, whose steps back undo a bounce."
        ),
        OptionEntry(
            "idle_ms", .integer(10...600_000), .defaulted(.integer(2000)), when: gpio,
            example: "2000", "No edge for so long is a frequency of 0."),
        OptionEntry(
            "scale", .number(-1_000_000...1_000_000), .defaulted(.number(1)), when: scaled,
            example: "30.0",
            "A reading is what was measured times this, plus `offset`, in the sensor's unit: 30 makes "
                + "rpm of a fan's two pulses a turn."),
        OptionEntry(
            "offset", .number(-32767...32767), .defaulted(.number(0)), when: scaled,
            example: "0.0", "Added after `scale`."),
    ]

    static let boardActuator = [
        OptionEntry(
            "channel", .label, when: gpio, example: "\"GPIO18\"",
            "The line, by its name or as chip and offset: `gpiochip0:18`."),
        OptionEntry(
            "channel", .choice((0...31).map { "\($0)" }), when: pwm, example: "\"0\"",
            "The number of the channel on its chip."),
        OptionEntry(
            "active_low", .boolean, .defaulted(.boolean(false)), when: gpio, example: "true",
            "Whether the line is active when its voltage is low."),
        OptionEntry(
            "bias", .choice(LineBias.allCases.map(\.rawValue)), .defaulted(.text("as-is")),
            when: gpio, example: "\"as-is\"", "The resistor inside the chip."),
        OptionEntry(
            "drive", .choice(LineDrive.allCases.map(\.rawValue)), .defaulted(.text("push-pull")),
            when: gpio, example: "\"push-pull\"", "How the line drives."),
        OptionEntry(
            "window_ms", .integer(10...600_000),
            .optional("on from the middle of the range upwards"),
            when: gpio, example: "2000",
            "The line is on for that part of each such window that the level is of the range: for "
                + "relays and solid-state relays."),
        OptionEntry(
            "min_on_ms", .integer(0...600_000), .defaulted(.integer(0)), when: gpio,
            example: "200",
            "Shortest time on, with `window_ms`; what a window cannot give is carried to the next. The "
                + "low end of the range turns off at once."),
        OptionEntry(
            "min_off_ms", .integer(0...600_000), .defaulted(.integer(0)), when: gpio,
            example: "200", "Shortest time off, with `window_ms`."),
        OptionEntry(
            "pulse_period_us", .number(0.1...10_000_000), when: pwm, example: "20000.0",
            "From the begin of one pulse to that of the next."),
        OptionEntry(
            "pulse_low_us", .number(0...10_000_000), .defaulted(.number(0)), when: pwm,
            example: "1000.0", "The pulse at the low end of the range."),
        OptionEntry(
            "pulse_high_us", .number(0...10_000_000), .optional("`pulse_period_us`"), when: pwm,
            example: "2000.0", "The pulse at the high end of the range."),
        OptionEntry(
            "polarity", .choice(["normal", "inversed"]), .defaulted(.text("normal")), when: pwm,
            example: "\"normal\"", "Whether a pulse is high or low."),
    ]
}
