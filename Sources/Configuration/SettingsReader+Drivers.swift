/// What a driver or the clock of a run refuses, so that it is refused here, with its place in the
/// file.
extension SettingsReader {
    /// Two cycles of requests, none of which is shorter than 100 ms: a command must live as long.
    private static let shortestTCLabAge = 200
    /// Ticks in a millisecond of real time that a clock can tell apart.
    private static let ticksPerMillisecond = 100.0

    mutating func checkDrivers() {
        checkClocks()
        checkSpeed()
        checkTCLabActuators()
        checkReaders()
        checkBoards()
        checkSerial()
        checkModbus()
    }

    /// A simulated plant has a clock of its own; a board beside it would be opened, and not driven.
    private mutating func checkClocks() {
        let devices = readings[.device] ?? []
        guard let first = devices.first, let driver = try? first.text("driver") else { return }
        for reading in devices.dropFirst() {
            guard let other = try? reading.text("driver"),
                (other == "sim") != (driver == "sim")
            else { continue }
            problems.add(
                reading.position("driver"), reading.section.path("driver"),
                "found \"\(other)\" beside \"\(driver)\"",
                "all devices are simulated, or none: the clocks differ")
        }
    }

    private mutating func checkSpeed() {
        guard let simulation = readings[.simulation]?.first,
            let speed = try? simulation.number("speed"),
            let period = try? readings[.root]?.first?.integer("period_ms"),
            speed > Double(period) * Self.ticksPerMillisecond
        else { return }
        problems.add(
            simulation.position("speed"), simulation.section.path("speed"),
            "found \(Wording.number(speed)) with period_ms = \(period)",
            "allowed is up to \(Wording.number(Double(period) * Self.ticksPerMillisecond)): a tick takes 0.01 ms "
                + "of real time at least")
    }

    private func isOnTCLab(_ reading: SectionReading) -> Bool {
        index.driver(ofDevice: try? reading.text("device")) == "tclab"
    }

    private mutating func checkTCLabActuators() {
        for reading in readings[.actuator] ?? [] where isOnTCLab(reading) {
            if let range = try? reading.range("range"), range.low < 0 || range.high > 100 {
                problems.add(
                    reading.position("range"), reading.section.path("range"),
                    "found \(Wording.number(range.low)) to \(Wording.number(range.high))",
                    "a heater of a TCLab goes from 0 to 100")
            }
            if let age = try? reading.integer("max_age_ms"), age < Self.shortestTCLabAge {
                problems.add(
                    reading.position("max_age_ms"), reading.section.path("max_age_ms"),
                    "found \(age)",
                    "allowed is at least \(Self.shortestTCLabAge) on a TCLab: two cycles of "
                        + "requests")
            }
        }
    }

    /// A driver hands each reading to one tick.
    private mutating func checkReaders() {
        var readers: [String: String] = [:]
        let own = readings[.loop] ?? []
        for reading in own + (readings[.loopRedundant] ?? []) {
            guard let name = try? reading.text("sensor"),
                let sensor = self.reading(named: name, in: .sensor)
            else { continue }
            let reader = (try? reading.text("name")).map { "loop \"\($0)\"" }
            checkReader(reading, "sensor", of: sensor, as: reader ?? "a loop", &readers)
        }
        for reading in readings[.interlock] ?? [] {
            let name = (try? reading.text("name")) ?? "?"
            checkReader(reading, "channel", of: reading, as: "interlock \"\(name)\"", &readers)
        }
    }

    private mutating func checkReader(
        _ reading: SectionReading, _ key: String, of input: SectionReading, as reader: String,
        _ readers: inout [String: String]
    ) {
        guard let device = try? input.text("device"), index.driver(ofDevice: device) != "sim",
            let channel = try? input.text("channel")
        else { return }
        if let other = readers["\(device) \(channel)"] {
            problems.add(
                reading.position(key), reading.section.path(key),
                "found \(reading.literal(key)), whose channel \"\(channel)\" \(other) reads",
                "each channel of a device has one reader")
        }
        readers["\(device) \(channel)"] = reader
    }
}
