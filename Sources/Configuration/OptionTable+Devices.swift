extension OptionTable {
    static let device = Section(
        name: .device, form: .array(1...8), presence: "",
        meaning: "A piece of hardware, or the simulated plant, with its driver.",
        options: [
            OptionEntry(
                "name", .name, example: "\"lab\"", "Name that sensors and actuators refer to."),
            OptionEntry(
                "driver", .choice(drivers), example: "\"tclab\"",
                "`tclab` is the serial Temperature Control Lab, `gpio` the lines of all chips, `pwm` a "
                    + "chip of /sys/class/pwm, `ds18b20` the sensors of all 1-Wire buses, `iio` a "
                    + "converter, `hwmon` a hardware monitor, `thermal` the thermal zones, `line` a "
                    + "device that answers lines of text on a serial line, `modbus` a serial line with "
                    + "Modbus RTU devices, `sim` the plant of [simulation]."),
            OptionEntry(
                "path", .path, when: Condition(key: "driver", values: ["tclab", "line", "modbus"]),
                example: "\"/dev/serial/by-id/usb-Arduino-TCLab\"",
                "The serial port; a name under /dev/serial/by-id survives replugging."),
            OptionEntry(
                "deadline_ms", .integer(10...2000), .defaulted(.integer(200)),
                when: Condition(key: "driver", values: ["tclab"]), example: "200",
                "Longest time for the answer to one request."),
        ] + boardDevice + serialDevice)

    static let sensor = Section(
        name: .sensor, form: .array(1...16), presence: "",
        meaning: "A measured quantity with its plausible range and its protective limits.",
        options: [
            OptionEntry("name", .name, example: "\"t1\"", "Name that loops and events refer to."),
            OptionEntry("device", .reference(.device), example: "\"lab\"", "Where it is measured."),
            OptionEntry(
                "channel", .choice(["T1", "T2"]),
                when: Condition(key: "driver", values: ["tclab"]), example: "\"T1\"",
                "Which sensor of the lab."),
            OptionEntry(
                "channel", .choice(["y1", "y2", "y3", "y4"]),
                when: Condition(key: "driver", values: ["sim"]), example: "\"y1\"",
                "Which output of the plant."),
            OptionEntry(
                "unit", .unit, example: "\"C\"",
                "Unit of the readings; units are compared, never converted."),
            OptionEntry(
                "range", .range(.sensor), example: "[\"0 C\", \"120 C\"]",
                "Plausible readings, and the span that the law is normalised to; a reading outside "
                    + "is rejected."),
            OptionEntry(
                "limit_high", .quantity(.sensor, .any), example: "\"90 C\"",
                "Protective limit, inside the range: a reading at or above it drives the safe "
                    + "state, which latches."),
            OptionEntry(
                "limit_low", .quantity(.sensor, .any), example: "\"0 C\"",
                "Protective limit, inside the range: a reading at or below it drives the safe "
                    + "state, which latches."),
            OptionEntry(
                "max_rate", .quantity(.sensorPerSecond, .positive), example: "\"20 C/s\"",
                "Plausible rate of change; a reading that moves faster is rejected."),
            OptionEntry(
                "max_age_ms", .integer(1...600_000), example: "5000",
                "Age at which a reading counts as missing; at least one period."),
        ] + boardSensor + serialSensor + registerNumber)

    static let actuator = Section(
        name: .actuator, form: .array(1...16), presence: "",
        meaning: "A driven quantity with its safe level. Without a loop it is held at that level.",
        options: [
            OptionEntry("name", .name, example: "\"q1\"", "Name that loops and events refer to."),
            OptionEntry("device", .reference(.device), example: "\"lab\"", "Where it is driven."),
            OptionEntry(
                "channel", .choice(["Q1", "Q2"]),
                when: Condition(key: "driver", values: ["tclab"]), example: "\"Q1\"",
                "Which heater of the lab."),
            OptionEntry(
                "channel", .choice(["u1", "u2", "u3", "u4"]),
                when: Condition(key: "driver", values: ["sim"]), example: "\"u1\"",
                "Which input of the plant."),
            OptionEntry(
                "unit", .unit, example: "\"%\"",
                "Unit of the level; units are compared, never converted."),
            OptionEntry(
                "range", .range(.actuator), example: "[\"0 %\", \"100 %\"]",
                "Levels that may be driven; the law is normalised to it."),
            OptionEntry(
                "safe", .quantity(.actuator, .any), example: "\"0 %\"",
                "Level of the safe state, inside the range."),
            OptionEntry(
                "slew", .quantity(.actuatorPerSecond, .positive), example: "\"100 %/s\"",
                "Fastest change of the level."),
            OptionEntry(
                "max_age_ms", .integer(1...600_000), example: "3000",
                "The device drives the safe level when the loop is silent for so long; more than "
                    + "one period, and at least 200 on a TCLab."),
        ] + boardActuator + serialActuator + registerNumber)
}
