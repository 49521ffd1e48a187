/// Checks that span keys and tables. Each needs readings only, so that every problem of a file is
/// found in one go.
extension SettingsReader {
    func reading(named name: String?, in section: Section.Name) -> SectionReading? {
        guard let name else { return nil }
        return readings[section]?.first { (try? $0.text("name")) == name }
    }

    mutating func checkNames() {
        for section in [Section.Name.device, .sensor, .actuator, .loop, .interlock] {
            var seen: [String: Position] = [:]
            for reading in readings[section] ?? [] {
                guard let name = try? reading.text("name") else { continue }
                if let first = seen[name] {
                    problems.add(
                        reading.position("name"), reading.section.path("name"),
                        "found \"\(name)\" again, as in line \(first.line)",
                        "each [[\(section.rawValue)]] has a name of its own")
                } else {
                    seen[name] = reading.position("name")
                }
            }
        }
    }

    mutating func checkDevices(hasSimulation: Bool) {
        var simulated = 0
        var paths: [String] = []
        for reading in readings[.device] ?? [] {
            if (try? reading.text("driver")) == "sim" {
                simulated += 1
                checkSimulated(reading, hasSimulation: hasSimulation, isSecond: simulated > 1)
            }
            guard let path = try? reading.text("path") else { continue }
            if paths.contains(path) {
                problems.add(
                    reading.position("path"), reading.section.path("path"),
                    "found \(Wording.quoted(path)) again", "each device has a path of its own")
            }
            paths.append(path)
        }
    }

    private mutating func checkSimulated(
        _ reading: SectionReading, hasSimulation: Bool, isSecond: Bool
    ) {
        let key = reading.section.path("driver")
        if !hasSimulation {
            problems.add(
                reading.position("driver"), key, "found \"sim\" without a table [simulation]",
                "[simulation] names the plant, as in plant = \"tclab\"")
        }
        if isSecond {
            problems.add(
                reading.position("driver"), key, "found a second \"sim\"",
                "allowed is one device for the one plant")
        }
    }

    mutating func checkSensors() {
        for reading in readings[.interlock] ?? [] { checkAge(reading) }
        for reading in readings[.sensor] ?? [] {
            checkLimits(reading)
            checkAge(reading)
        }
    }

    /// A limit outside the range is never reached by a plausible reading: it would latch late.
    private mutating func checkLimits(_ reading: SectionReading) {
        guard let low = try? reading.number("limit_low"),
            let high = try? reading.number("limit_high")
        else { return }
        let limits = "found \(reading.literal("limit_low")) and \(reading.literal("limit_high"))"
        let key = reading.section.path("limit_high")
        let position = reading.position("limit_high")
        guard low < high else {
            problems.add(
                position, key, "\(limits) as limits", "limit_low must be below limit_high")
            return
        }
        guard let range = try? reading.range("range") else { return }
        for (name, limit) in [("limit_low", low), ("limit_high", high)]
        where limit < range.low || limit > range.high {
            problems.add(
                reading.position(name), reading.section.path(name),
                "found \(reading.literal(name))",
                "allowed is from \(Wording.number(range.low)) to \(Wording.number(range.high)), "
                    + "the range of the sensor: a reading outside is implausible and latches late")
        }
    }

    /// What is younger than a period cannot be expected.
    private mutating func checkAge(_ reading: SectionReading) {
        guard let age = try? reading.integer("max_age_ms"),
            let period = try? readings[.root]?.first?.integer("period_ms")
        else { return }
        let isSensor = reading.section.name != .actuator
        guard isSensor ? age < period : age <= period else { return }
        problems.add(
            reading.position("max_age_ms"), reading.section.path("max_age_ms"), "found \(age)",
            "allowed is \(isSensor ? "at least" : "more than") period_ms = \(period)")
    }

    mutating func checkActuators() {
        var channels: [String: String] = [:]
        for reading in readings[.actuator] ?? [] {
            checkAge(reading)
            checkSafeLevel(reading)
            guard let device = try? reading.text("device"),
                let channel = try? reading.text("channel"),
                let name = try? reading.text("name")
            else { continue }
            if let other = channels["\(device) \(channel)"] {
                problems.add(
                    reading.position("channel"), reading.section.path("channel"),
                    "found \"\(channel)\", which actuator \"\(other)\" drives",
                    "each channel has one actuator")
            }
            channels["\(device) \(channel)"] = name
        }
    }

    private mutating func checkSafeLevel(_ reading: SectionReading) {
        guard let safe = try? reading.number("safe"), let range = try? reading.range("range"),
            safe < range.low || safe > range.high
        else { return }
        problems.add(
            reading.position("safe"), reading.section.path("safe"),
            "found \(reading.literal("safe"))",
            "allowed is from \(Wording.number(range.low)) to \(Wording.number(range.high)), "
                + "the range of the actuator")
    }

    mutating func checkLoops() {
        var driven: [String: String] = [:]
        for reading in readings[.loop] ?? [] {
            checkSetpoint(reading, "setpoint", sensor: try? reading.text("sensor"))
            guard let actuator = try? reading.text("actuator") else { continue }
            if let other = driven[actuator] {
                problems.add(
                    reading.position("actuator"), reading.section.path("actuator"),
                    "found \"\(actuator)\", which loop \"\(other)\" drives",
                    "each actuator has one loop")
            }
            driven[actuator] = (try? reading.text("name")) ?? "?"
        }
    }

    /// A setpoint must be measurable and must not ask for a protective limit.
    mutating func checkSetpoint(_ reading: SectionReading, _ key: String, sensor name: String?) {
        guard let setpoint = try? reading.number(key), let name,
            let sensor = self.reading(named: name, in: .sensor)
        else { return }
        let path = reading.section.path(key)
        let position = reading.position(key)
        let found = "found \(reading.literal(key))"
        if let range = try? sensor.range("range"), setpoint < range.low || setpoint > range.high {
            problems.add(
                position, path, found,
                "allowed is from \(Wording.number(range.low)) to \(Wording.number(range.high)), "
                    + "the range of sensor \"\(name)\"")
        } else if let low = try? sensor.number("limit_low"),
            let high = try? sensor.number("limit_high"), low < high,
            setpoint <= low || setpoint >= high
        {
            problems.add(
                position, path, found,
                "allowed is between \(Wording.number(low)) and \(Wording.number(high)), "
                    + "the limits of sensor \"\(name)\"")
        }
    }
}
