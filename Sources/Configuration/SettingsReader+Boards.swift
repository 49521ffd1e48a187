/// The settings that only devices of a board have, and what spans their keys.
extension SettingsReader {
    /// Nil for drivers whose readings need no more.
    func input(_ reading: SectionReading) throws(SectionReading.Absent) -> InputSettings? {
        let driver = index.driver(ofDevice: try reading.text("device"))
        switch driver {
        case "ds18b20", "thermal": return InputSettings(scale: 1, offset: 0, line: nil)
        case "iio", "hwmon", "gpio", "line", "modbus": break
        default: return nil
        }
        var settings = InputSettings(
            scale: try reading.number("scale"), offset: try reading.number("offset"), line: nil)
        if driver == "line" { settings.exchange = try exchange(reading) }
        if driver == "modbus" { settings.register = try register(reading) }
        guard driver == "gpio" else { return settings }
        settings.line = LineInputSettings(
            measure: try reading.word("measure"),
            channelB: try? reading.locatedText("channel_b"),
            isActiveLow: try reading.boolean("active_low"), bias: try reading.word("bias"),
            debounceMicroseconds: try reading.integer("debounce_us"),
            idleMilliseconds: try reading.integer("idle_ms"))
        return settings
    }

    /// Nil for drivers whose outputs need no more.
    func output(_ reading: SectionReading) throws(SectionReading.Absent) -> OutputSettings? {
        switch index.driver(ofDevice: try reading.text("device")) {
        case "gpio":
            return .line(
                LineOutputSettings(
                    isActiveLow: try reading.boolean("active_low"),
                    bias: try reading.word("bias"), drive: try reading.word("drive"),
                    windowMilliseconds: try? reading.integer("window_ms"),
                    shortestOnMilliseconds: try reading.integer("min_on_ms"),
                    shortestOffMilliseconds: try reading.integer("min_off_ms")))
        case "pwm":
            let period = try reading.number("pulse_period_us")
            return .pulse(
                PulseOutputSettings(
                    periodMicroseconds: period,
                    shortestMicroseconds: try reading.number("pulse_low_us"),
                    longestMicroseconds: (try? reading.number("pulse_high_us")) ?? period,
                    isInversed: try reading.text("polarity") == "inversed"))
        case "line": return .exchange(try exchangeOutput(reading))
        case "modbus": return .register(try registerOutput(reading))
        default: return nil
        }
    }

    mutating func checkBoards() {
        for reading in (readings[.sensor] ?? []) + (readings[.actuator] ?? [])
        where (try? reading.number("scale")) == 0 {
            refuse(
                reading, "scale", "allowed is a number other than 0: with 0 all become the offset")
        }
        for reading in readings[.sensor] ?? [] {
            let driver = driver(of: reading)
            checkKind(reading, driver, "sensors", among: OptionTable.sensorDrivers)
            checkChannel(reading, "channel", driver)
            if driver == "gpio" { checkEncoder(reading) }
        }
        for reading in readings[.interlock] ?? [] {
            let driver = driver(of: reading)
            checkKind(reading, driver, "interlocks", among: OptionTable.interlockDrivers)
            checkChannel(reading, "channel", driver)
        }
        for reading in readings[.actuator] ?? [] {
            let driver = driver(of: reading)
            checkKind(reading, driver, "outputs", among: OptionTable.actuatorDrivers)
            if driver == "gpio" {
                checkChannel(reading, "channel", driver)
                checkLineSafe(reading)
                checkWindow(reading)
            }
            if driver == "pwm" { checkPulse(reading) }
        }
    }

    private func driver(of reading: SectionReading) -> String? {
        index.driver(ofDevice: try? reading.text("device"))
    }

    private mutating func checkKind(
        _ reading: SectionReading, _ driver: String?, _ what: String, among drivers: [String]
    ) {
        guard let driver, OptionTable.drivers.contains(driver), !drivers.contains(driver) else {
            return
        }
        problems.add(
            reading.position("device"), reading.section.path("device"),
            "found \(reading.literal("device")) with driver \"\(driver)\"",
            "\(what) have the drivers \(Wording.list(drivers))")
    }

    private mutating func checkChannel(_ reading: SectionReading, _ key: String, _ driver: String?)
    {
        guard let channel = try? reading.text(key) else { return }
        let allowed: String
        switch driver {
        case "gpio":
            guard channel.contains(":"), !Self.isPlace(channel) else { return }
            allowed = "allowed is a line's name, or chip and offset, as in \"gpiochip0:17\""
        case "ds18b20":
            guard !Self.isSerial(channel) else { return }
            allowed = "allowed is a serial number, as in \"28-0316a279f6ff\""
        default: return
        }
        problems.add(
            reading.position(key), reading.section.path(key), "found \(Wording.quoted(channel))",
            allowed)
    }

    private static func isPlace(_ channel: String) -> Bool {
        channel.wholeMatch(of: /gpiochip[0-9]{1,5}:[0-9]{1,4}/) != nil
    }

    private static func isSerial(_ channel: String) -> Bool {
        channel.wholeMatch(of: /28-[0-9a-f]{12}/) != nil
    }

    private mutating func checkEncoder(_ reading: SectionReading) {
        checkChannel(reading, "channel_b", "gpio")
        guard let measure = try? reading.text("measure") else { return }
        let second = try? reading.text("channel_b")
        let key = reading.section.path("channel_b")
        if measure == "quadrature", second == nil {
            problems.add(
                reading.position, key, "missing", "an encoder has a second line, as in \"GPIO27\"")
        }
        if measure != "quadrature", second != nil {
            problems.add(
                reading.position("channel_b"), key, "not used with measure \"\(measure)\"",
                "it belongs to \"quadrature\"")
        }
    }

    /// Nobody switches a line in proportion when the program is gone.
    mutating func checkLineSafe(_ reading: SectionReading) {
        guard let safe = try? reading.number("safe"), let range = try? reading.range("range"),
            safe > range.low, safe < range.high
        else { return }
        problems.add(
            reading.position("safe"), reading.section.path("safe"),
            "found \(reading.literal("safe"))",
            "allowed is \(Wording.number(range.low)) or \(Wording.number(range.high)): a line that "
                + "nobody switches is off or on")
    }

    private mutating func checkWindow(_ reading: SectionReading) {
        guard let on = try? reading.integer("min_on_ms"),
            let off = try? reading.integer("min_off_ms")
        else { return }
        guard let window = try? reading.integer("window_ms") else {
            for (key, value) in [("min_on_ms", on), ("min_off_ms", off)] where value > 0 {
                problems.add(
                    reading.position(key), reading.section.path(key), "found \(value)",
                    "it needs window_ms: without one the line follows its level")
            }
            return
        }
        guard on + off > window else { return }
        problems.add(
            reading.position("window_ms"), reading.section.path("window_ms"), "found \(window)",
            "allowed is at least min_on_ms + min_off_ms = \(on + off)")
    }

    private mutating func checkPulse(_ reading: SectionReading) {
        guard let period = try? reading.number("pulse_period_us"),
            let low = try? reading.number("pulse_low_us")
        else { return }
        let high = (try? reading.number("pulse_high_us")) ?? period
        // The kernel counts in whole nanoseconds.
        let isRising = (low * 1_000).rounded() < (high * 1_000).rounded()
        guard !isRising || high > period else { return }
        let key = high > period ? "pulse_high_us" : "pulse_low_us"
        problems.add(
            reading.position(key), reading.section.path(key),
            "found \(Wording.number(key == "pulse_low_us" ? low : high))",
            "pulse_low_us must be below pulse_high_us = \(Wording.number(high)), and that not above "
                + "pulse_period_us = \(Wording.number(period))")
    }
}
