/// The settings of devices on a serial line, and what spans their keys.
extension SettingsReader {
    private static let shortestPollMilliseconds = 20

    func lineDevice(_ reading: SectionReading) throws(SectionReading.Absent) -> LineDeviceSettings {
        LineDeviceSettings(
            path: try reading.locatedText("path"), baud: try reading.integer("baud"),
            deadlineMilliseconds: try reading.integer("deadline_ms"),
            pollMilliseconds: try pollMilliseconds(reading),
            startMilliseconds: try reading.integer("start_ms"),
            terminator: try reading.word("terminator"), checksum: try reading.word("checksum"),
            checksumMark: try reading.text("checksum_mark"),
            checksumSkip: try reading.integer("checksum_skip"))
    }

    func pollMilliseconds(_ reading: SectionReading) throws(SectionReading.Absent) -> Int {
        if let poll = try? reading.integer("poll_ms") { return poll }
        guard let root = readings[.root]?.first else { throw SectionReading.Absent() }
        return max(try root.integer("period_ms") / 2, Self.shortestPollMilliseconds)
    }

    func exchange(_ reading: SectionReading) throws(SectionReading.Absent) -> ExchangeSettings {
        guard let request = MessagePattern(try reading.text("request")),
            let response = MessagePattern(try reading.text("response"))
        else { throw SectionReading.Absent() }
        return ExchangeSettings(request: request, response: response)
    }

    func exchangeOutput(_ reading: SectionReading) throws(SectionReading.Absent)
        -> ExchangeOutputSettings
    {
        ExchangeOutputSettings(
            exchange: try exchange(reading), decimals: try reading.integer("decimals"),
            scale: try reading.number("scale"), offset: try reading.number("offset"))
    }

    mutating func checkSerial() {
        var responses: [String: String] = [:]
        for reading in (readings[.sensor] ?? []) + (readings[.interlock] ?? [])
        where driverName(of: reading) == "line" {
            checkPatterns(reading)
            checkSensorRequest(reading, &responses)
            checkPoll(reading)
        }
        for reading in readings[.actuator] ?? [] where driverName(of: reading) == "line" {
            checkPatterns(reading)
            checkLevelRequest(reading)
            checkPoll(reading)
        }
    }

    func driverName(of reading: SectionReading) -> String? {
        index.driver(ofDevice: try? reading.text("device"))
    }

    mutating func refuse(_ reading: SectionReading, _ key: String, _ allowed: String) {
        problems.add(
            reading.position(key), reading.section.path(key), "found \(reading.literal(key))",
            allowed)
    }

    private mutating func checkPatterns(_ reading: SectionReading) {
        if let channel = try? reading.text("channel"), !MessagePattern.isName(channel) {
            refuse(reading, "channel", "allowed are 1 to 32 letters, digits, _ and -")
        }
        for key in ["request", "response"] {
            guard let text = try? reading.text(key), MessagePattern(text) == nil else { continue }
            refuse(
                reading, key,
                "a field is {name} with letters, digits, _ and -, or {*}; between two of them stands a "
                    + "text")
        }
    }

    private func pattern(_ reading: SectionReading, _ key: String) -> MessagePattern? {
        (try? reading.text(key)).flatMap { MessagePattern($0) }
    }

    private mutating func checkSensorRequest(
        _ reading: SectionReading, _ responses: inout [String: String]
    ) {
        guard let channel = try? reading.text("channel"), let request = pattern(reading, "request"),
            let response = pattern(reading, "response")
        else { return }
        if !request.fields.isEmpty || request.hasAnything {
            refuse(reading, "request", "the request of a sensor has no fields")
        }
        if response.fields.filter({ $0 == channel }).count != 1 {
            refuse(reading, "response", "allowed is an answer with the field {\(channel)} once")
        }
        let place = "\(reading.literal("device")) \(reading.literal("request"))"
        if let other = responses[place], other != reading.literal("response") {
            refuse(reading, "response", "the same request has the answer \(other)")
        }
        responses[place] = reading.literal("response")
    }

    private mutating func checkLevelRequest(_ reading: SectionReading) {
        guard let channel = try? reading.text("channel"), let request = pattern(reading, "request"),
            let response = pattern(reading, "response")
        else { return }
        if request.fields != [channel] || request.hasAnything {
            refuse(
                reading, "request",
                "allowed is a request with the field {\(channel)}, once and alone")
        }
        if !response.fields.isEmpty, response.fields != [channel] {
            refuse(reading, "response", "allowed is no field but {\(channel)} once, and {*}")
        }
    }

    /// What is asked for once in its age may come too late.
    mutating func checkPoll(_ reading: SectionReading) {
        guard let name = try? reading.text("device"),
            let device = self.reading(named: name, in: .device),
            let poll = try? pollMilliseconds(device),
            let age = try? reading.integer("max_age_ms"), age < 2 * poll
        else { return }
        refuse(
            reading, "max_age_ms",
            "allowed is at least \(2 * poll): two rounds of requests, of poll_ms = \(poll) each")
    }
}
