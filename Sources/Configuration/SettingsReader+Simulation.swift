extension SettingsReader {
    /// The table of the simulation with its reading; nil when there is none.
    mutating func readSimulation() -> (table: TOMLTable, reading: SectionReading)? {
        guard let found = tables(.simulation, in: root, at: .start).first else { return nil }
        let context = ReadingContext(index: index)
        return (found.table, read(.simulation, found.table, at: found.position, context))
    }

    mutating func readEvents(_ simulation: (table: TOMLTable, reading: SectionReading)?)
        -> [SimulationEvent]
    {
        guard let simulation else { return [] }
        let found = tables(
            .simulationEvent, in: simulation.table, at: simulation.reading.position)
        return found.compactMap { readEvent($0.table, at: $0.position) }
    }

    private mutating func readEvent(_ table: TOMLTable, at position: Position) -> SimulationEvent? {
        let firstLoop = readings[.loop]?.first
        let isSetpoint = table.text("kind") == "setpoint"
        let written = table.text("loop")
        let loop = written == nil ? firstLoop : reading(named: written, in: .loop)
        let sensor = isSetpoint ? nil : table.text("sensor")
        let sensorName = sensor ?? (try? loop?.text("sensor"))
        var context = ReadingContext(index: index)
        context.sensorUnit = index.unit(ofSensor: sensorName)
        let reading = read(.simulationEvent, table, at: position, context)
        if isSetpoint { checkSetpoint(reading, "value", sensor: sensorName) }
        if isSetpoint, let name = try? loop?.text("name"),
            (readings[.loopCascade] ?? []).contains(where: { (try? $0.text("inner")) == name })
        {
            problems.add(
                position, reading.section.path("loop"), "found \"\(name)\"",
                "another loop commands its setpoint")
        }
        if table.text("kind") == "interlock", index.names(.interlock).isEmpty {
            refuse(reading, "kind", "it needs an [[interlock]]")
        }
        do {
            return SimulationEvent(
                startSeconds: try reading.number("at_s"),
                durationSeconds: try reading.number("duration_s"),
                kind: try kind(reading, loop: loop, sensorName: sensorName),
                position: position)
        } catch {
            return nil
        }
    }

    private func kind(_ reading: SectionReading, loop: SectionReading?, sensorName: String?)
        throws(SectionReading.Absent) -> SimulationEvent.Kind
    {
        switch try reading.text("kind") {
        case "load":
            return .load(
                input: try reading.integer("input") - 1, value: try reading.number("value"))
        case "load_ramp":
            return .loadRamp(
                input: try reading.integer("input") - 1, value: try reading.number("value"),
                overSeconds: try reading.number("over_s"))
        case "load_sine":
            return .loadSine(
                input: try reading.integer("input") - 1,
                amplitude: try reading.number("value"),
                cycleSeconds: try reading.number("cycle_s"))
        case "load_walk":
            return .loadWalk(
                input: try reading.integer("input") - 1,
                deviation: try reading.number("value"), bound: try reading.number("bound"))
        case "setpoint":
            return .setpoint(
                loop: try position(of: try? loop?.text("name"), in: .loop),
                value: try reading.number("value"))
        case "dropout":
            return .dropout(sensor: try position(of: sensorName, in: .sensor))
        case "stuck":
            return .stuck(sensor: try position(of: sensorName, in: .sensor))
        case "bias":
            return .bias(
                sensor: try position(of: sensorName, in: .sensor),
                value: try reading.number("value"))
        case "noise":
            return .noise(
                sensor: try position(of: sensorName, in: .sensor),
                deviation: try reading.number("value"))
        case "interlock":
            let written = try? reading.text("interlock")
            return .interlock(
                try position(of: written ?? index.names(.interlock).first, in: .interlock))
        default:
            let written = try? reading.text("actuator")
            return .actuatorStuck(
                actuator: try position(
                    of: written ?? (try? loop?.text("actuator")), in: .actuator))
        }
    }

    /// The index of the table with this name.
    private func position(of name: String?, in section: Section.Name)
        throws(SectionReading.Absent) -> Int
    {
        guard let name, let found = index.names(section).firstIndex(of: name) else {
            throw SectionReading.Absent()
        }
        return found
    }

    func settings(_ reading: SectionReading, events: [SimulationEvent])
        throws(SectionReading.Absent) -> SimulationSettings
    {
        SimulationSettings(
            plant: try reading.locatedText("plant"),
            speed: try reading.number("speed"),
            seed: UInt32(clamping: try reading.integer("seed")),
            commandQuantum: try reading.number("command_quantum"),
            commandDelaySeconds: try reading.number("command_delay_s"),
            durationSeconds: try reading.number("duration_s"),
            parameters: reading.parameters("parameters"),
            events: events)
    }
}
