extension SettingsReader {
    mutating func readDevices() -> [DeviceSettings] {
        tables(.device, in: root, at: .start).compactMap { table in
            let reading = read(
                .device, table.table, at: table.position, ReadingContext(index: index))
            return try? DeviceSettings(
                name: reading.text("name"), driver: driver(reading))
        }
    }

    mutating func readSensors(_ simulation: SectionReading?) -> [SensorSettings] {
        tables(.sensor, in: root, at: .start).compactMap { table in
            var context = ReadingContext(index: index)
            context.driver = index.driver(ofDevice: table.table.text("device"))
            context.sensorUnit = table.table.text("unit").flatMap { Unit($0) }
            let reading = read(.sensor, table.table, at: table.position, context)
            return try? sensor(reading, simulation)
        }
    }

    mutating func readActuators() -> [ActuatorSettings] {
        tables(.actuator, in: root, at: .start).compactMap { table in
            var context = ReadingContext(index: index)
            context.driver = index.driver(ofDevice: table.table.text("device"))
            context.actuatorUnit = table.table.text("unit").flatMap { Unit($0) }
            let reading = read(.actuator, table.table, at: table.position, context)
            return try? actuator(reading)
        }
    }

    private func driver(_ reading: SectionReading) throws(SectionReading.Absent) -> Driver {
        switch try reading.text("driver") {
        case "tclab":
            .tclab(
                path: try reading.locatedText("path"),
                deadlineMilliseconds: try reading.integer("deadline_ms"))
        case "gpio": .gpio
        case "pwm": .pwm(path: try reading.locatedText("path"))
        case "ds18b20": .ds18b20
        case "iio":
            .iio(
                chip: try reading.locatedText("chip"), trigger: try? reading.locatedText("trigger"))
        case "hwmon": .hwmon(chip: try reading.locatedText("chip"))
        case "thermal": .thermal
        case "line": .line(try lineDevice(reading))
        case "modbus": .modbus(try modbusBus(reading))
        default: .simulated
        }
    }

    private func sensor(_ reading: SectionReading, _ simulation: SectionReading?)
        throws(SectionReading.Absent) -> SensorSettings
    {
        let unit = try reading.unit("unit")
        let range = try reading.range("range")
        return SensorSettings(
            name: try reading.text("name"),
            device: try reference("device", to: .device, in: reading),
            channel: try reading.locatedText("channel"),
            unit: unit, low: range.low, high: range.high,
            limitLow: try reading.number("limit_low"),
            limitHigh: try reading.number("limit_high"),
            maxRatePerSecond: try reading.number("max_rate"),
            maxAgeMilliseconds: try reading.integer("max_age_ms"),
            simulatedNoise: simulation?.number("noise", in: unit) ?? 0,
            simulatedQuantum: simulation?.number("quantum", in: unit) ?? 0,
            input: try input(reading),
            position: reading.position)
    }

    private func actuator(_ reading: SectionReading) throws(SectionReading.Absent)
        -> ActuatorSettings
    {
        let range = try reading.range("range")
        return ActuatorSettings(
            name: try reading.text("name"),
            device: try reference("device", to: .device, in: reading),
            channel: try reading.locatedText("channel"),
            unit: try reading.unit("unit"), low: range.low, high: range.high,
            safe: try reading.number("safe"),
            slewPerSecond: try reading.number("slew"),
            maxAgeMilliseconds: try reading.integer("max_age_ms"),
            output: try output(reading), position: reading.position)
    }
}
