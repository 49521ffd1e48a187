/// The rules that look at more than one reading, and interlocks.
extension SettingsReader {
    mutating func readGuards(
        _ table: TOMLTable, of loop: SectionReading, _ context: ReadingContext,
        _ plant: KnownPlant?
    ) -> GuardSettings {
        var settings = GuardSettings()
        if let reading = readOptional(.loopStuck, table, of: loop, context) {
            settings.stuck = try? StuckSettings(
                seconds: reading.number("stuck_s"), resolution: reading.number("resolution"),
                deviation: reading.number("deviation"),
                commandChange: try? reading.number("command"))
        }
        var known = problems.count
        if let reading = readOptional(.loopUnresponsive, table, of: loop, context),
            problems.count == known
        {
            settings.unresponsive = response(reading, of: loop, .unresponsive, plant)
        }
        known = problems.count
        if let reading = readOptional(.loopUncommanded, table, of: loop, context),
            problems.count == known
        {
            settings.uncommanded = response(reading, of: loop, .uncommanded, plant)
        }
        if let reading = readOptional(.loopRedundant, table, of: loop, context) {
            checkSecond(reading, of: loop)
            settings.redundant = try? RedundantSettings(
                sensor: reference("sensor", to: .sensor, in: reading),
                disagreement: reading.number("disagreement"), seconds: reading.number("time_s"))
        }
        return settings
    }

    mutating func readOptional(
        _ name: Section.Name, _ table: TOMLTable, of loop: SectionReading,
        _ context: ReadingContext
    ) -> SectionReading? {
        guard let found = tables(name, in: table, at: loop.position).first else { return nil }
        return read(name, found.table, at: found.position, context)
    }

    /// A command that no tick can have is a rule that is never looked at.
    private mutating func response(
        _ reading: SectionReading, of loop: SectionReading, _ kind: ResponseRule.Kind,
        _ plant: KnownPlant?
    ) -> ResponseSettings? {
        if let command = try? reading.number("command"),
            let name = try? loop.text("actuator"),
            let actuator = self.reading(named: name, in: .actuator),
            let range = try? actuator.range("range"), command < range.low || command > range.high
        {
            refuse(
                reading, "command",
                "allowed is from \(Wording.number(range.low)) to \(Wording.number(range.high)), the range "
                    + "of actuator \"\(name)\"")
        }
        guard let plant else {
            // A loop whose table [loop.process] was refused has that as its problem.
            return nil
        }
        do throws(ResponseRule.Refusal) {
            return try plant.rule(kind).settings(
                command: try? reading.number("command"), seconds: try? reading.number("time_s"),
                change: try? reading.number("change"))
        } catch {
            problems.add(
                reading.position, reading.section.name.rawValue, error.found, error.allowed)
            return nil
        }
    }

    private mutating func checkSecond(_ reading: SectionReading, of loop: SectionReading) {
        guard let name = try? reading.text("sensor"), let own = try? loop.text("sensor") else {
            return
        }
        if name == own {
            refuse(reading, "sensor", "allowed is a sensor other than the loop's own")
        } else if let unit = index.unit(ofSensor: own), let other = index.unit(ofSensor: name),
            unit != other
        {
            problems.add(
                reading.position("sensor"), reading.section.path("sensor"),
                "found \"\(name)\" in \(other.symbol)",
                "allowed is a sensor in \(unit.symbol), as the loop's own")
        }
    }

    mutating func readInterlocks() -> [InterlockSettings] {
        tables(.interlock, in: root, at: .start).compactMap { table in
            var context = ReadingContext(index: index)
            context.driver = index.driver(ofDevice: table.table.text("device"))
            let reading = read(.interlock, table.table, at: table.position, context)
            return try? interlock(reading)
        }
    }

    private func interlock(
        _ reading: SectionReading
    ) throws(SectionReading.Absent) -> InterlockSettings {
        let driver = driverName(of: reading)
        guard let unit = Unit("level") else { throw SectionReading.Absent() }
        var input = InputSettings(scale: 1, offset: 0)
        switch driver {
        case "gpio":
            input.line = LineInputSettings(
                measure: .level, isActiveLow: false, bias: try reading.word("bias"),
                debounceMicroseconds: try reading.integer("debounce_us"), idleMilliseconds: 2_000)
        case "line": input.exchange = try exchange(reading)
        case "modbus": input.register = try register(reading)
        default: break
        }
        let isSimulated = driver == "sim"
        let sensor = SensorSettings(
            name: try reading.text("name"),
            device: try reference("device", to: .device, in: reading),
            channel: isSimulated
                ? Located("", reading.position) : try reading.locatedText("channel"),
            unit: unit, low: -32_767, high: 32_767, limitLow: -32_767, limitHigh: 32_767,
            maxRatePerSecond: 32_767, maxAgeMilliseconds: try reading.integer("max_age_ms"),
            simulatedNoise: 0, simulatedQuantum: 0, input: isSimulated ? nil : input,
            position: reading.position)
        return InterlockSettings(
            name: sensor.name, sensor: sensor,
            loop: (try? reference("loop", to: .loop, in: reading))?.index,
            isActiveHigh: try reading.text("active") == "high",
            latches: try reading.boolean("latch"))
    }
}
