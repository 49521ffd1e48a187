import Configuration
import Testing

@Suite("Devices that answer lines in a configuration")
struct LineTests {
    static let mistakes = [
        Mistake(
            "baud = 9600", "baud = 9601",
            "8:8: device.baud: found 9601; allowed are 9600, 19200, 38400, 57600, 115200"),
        Mistake(
            "baud = 9600", "baud = \"9600\"",
            "8:8: device.baud: found the text \"9600\"; allowed are 9600, 19200, 38400, 57600, 115200"
        ),
        Mistake(
            "baud = 9600", "deadline_ms = 1001",
            "8:15: device.deadline_ms: found 1001; allowed is an integer from 10 to 1000"),
        Mistake(
            "baud = 9600", "start_ms = 2501",
            "8:12: device.start_ms: found 2501; allowed is an integer from 0 to 2500"),
        Mistake(
            "\"xor\"", "\"crc16\"",
            """
            9:12: device.checksum: found "crc16"; allowed is "none", "xor", "sum8", "crc8" or \
            "crc16-modbus"
            """),
        Mistake(
            "checksum_skip = 1", "checksum_mark = \"*****\"",
            """
            10:17: device.checksum_mark: found "*****"; allowed are 0 to 4 printable ASCII characters
            """),
        Mistake(
            "\"t1\"", "\"t.1\"",
            """
            14:11: sensor.channel: found "t.1"; allowed are 1 to 32 letters, digits, _ and -
            """),
        Mistake(
            "\"$READ\"", "\"$READ\\n\"",
            """
            15:11: sensor.request: found "$READ\\n"; allowed are 1 to 64 printable ASCII characters
            """),
        Mistake(
            "\"$READ\"", "\"$READ {t1}\"",
            """
            15:11: sensor.request: found "$READ {t1}"; the request of a sensor has no fields
            """),
        Mistake(
            "{t1} T2", "{t1}{x} T2",
            """
            16:12: sensor.response: found "$T1={t1}{x} T2={t2},{*}"; a field is {name} with letters, \
            digits, _ and -, or {*}; between two of them stands a text
            """),
        Mistake(
            "{t1} T2", "{t1 T2",
            """
            16:12: sensor.response: found "$T1={t1 T2={t2},{*}"; a field is {name} with letters, \
            digits, _ and -, or {*}; between two of them stands a text
            """),
        Mistake(
            "{t1} T2", "{t3} T2",
            """
            16:12: sensor.response: found "$T1={t3} T2={t2},{*}"; allowed is an answer with the field \
            {t1} once
            """),
        Mistake(
            "\"$Q1 {q1}\"", "\"$Q1\"",
            """
            28:11: actuator.request: found "$Q1"; allowed is a request with the field {q1}, once and \
            alone
            """),
        Mistake(
            "\"$Q1={q1}\"", "\"$Q1={q2}\"",
            """
            29:12: actuator.response: found "$Q1={q2}"; allowed is no field but {q1} once, and {*}
            """),
        Mistake(
            "decimals = 0", "decimals = 7",
            "30:12: actuator.decimals: found 7; allowed is an integer from 0 to 6"),
        Mistake(
            "baud = 9600", "poll_ms = 1501",
            """
            36:14: actuator.max_age_ms: found 3000; allowed is at least 3002: two rounds of requests, \
            of poll_ms = 1501 each
            """),
        Mistake(
            "response = \"$Q1={q1}\"\n", "",
            "24:1: actuator.response: missing; allowed are 1 to 64 printable ASCII characters"),
    ]

    @Test("the text that the mistakes are made in is valid, and read as it is written")
    func base() throws {
        let settings = try parse(text: LineBase.text, path: "oven.toml")
        guard case .line(let line) = settings.devices.first?.driver else {
            Issue.record("the device exchanges lines")
            return
        }
        #expect(line.path.value == "/dev/serial/by-id/usb-Arduino")
        #expect(line.baud == 9_600)
        #expect(line.deadlineMilliseconds == 200)
        #expect(line.pollMilliseconds == 500)
        #expect(line.startMilliseconds == 2_000)
        #expect(line.terminator == .lf)
        #expect(line.checksum == .xor)
        #expect(line.checksumMark == "*")
        #expect(line.checksumSkip == 1)
        let input = try #require(settings.sensors.first?.input)
        #expect(input.scale == 0.5)
        #expect(input.exchange?.request.parts == [.text("$READ")])
        #expect(
            input.exchange?.response.parts == [
                .text("$T1="), .field("t1"), .text(" T2="), .field("t2"), .text(","), .anything,
            ])
        guard case .exchange(let output) = settings.actuators.first?.output else {
            Issue.record("the heater is told its level")
            return
        }
        #expect(output.exchange.request.parts == [.text("$Q1 "), .field("q1")])
        #expect(output.decimals == 0)
        #expect(output.scale == 2.55)
        #expect(output.offset == 0)
    }

    @Test("one request has one answer")
    func oneAnswer() throws {
        let second = """
            [[sensor]]
            name = "air"
            device = "arduino"
            channel = "t2"
            request = "$READ"
            response = "$T2={t2}"
            unit = "C"
            range = ["0 C", "100 C"]
            limit_high = "90 C"
            limit_low = "0 C"
            max_rate = "20 C/s"
            max_age_ms = 5000

            """
        let error = try #require(throws: ConfigurationError.self) {
            try parse(text: LineBase.text + second, path: "oven.toml")
        }
        #expect(
            error.description == """
                oven.toml:49:12: sensor.response: found "$T2={t2}"; the same request has the answer \
                "$T1={t1} T2={t2},{*}"
                """)
    }

    @Test("a mistake is reported with its place", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws {
        try mistake.checkFirst(in: LineBase.text)
    }
}
