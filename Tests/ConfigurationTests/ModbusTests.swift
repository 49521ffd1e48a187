import Configuration
import Testing

@Suite("A Modbus in a configuration")
struct ModbusTests {
    static let mistakes = [
        Mistake(
            "baud = 9600", "baud = 4800",
            "8:8: device.baud: found 4800; allowed are 9600, 19200, 38400, 57600, 115200"),
        Mistake(
            "\"none\"", "\"mark\"",
            "9:10: device.parity: found \"mark\"; allowed is \"none\", \"even\" or \"odd\""),
        Mistake(
            "stop_bits = 2", "stop_bits = 3",
            "10:13: device.stop_bits: found 3; allowed is an integer from 1 to 2"),
        Mistake(
            "stop_bits = 2", "retries = 6",
            "10:11: device.retries: found 6; allowed is an integer from 0 to 5"),
        Mistake(
            "stop_bits = 2", "start_ms = 6",
            "10:1: device.start_ms: not used with driver \"modbus\"; it belongs to \"line\""),
        Mistake(
            "\"1:input:0\"", "\"0:input:0\"",
            """
            14:11: sensor.channel: found "0:input:0"; allowed is station:table:address, as in \
            "1:input:0"
            """),
        Mistake(
            "\"1:input:0\"", "\"248:input:0\"",
            """
            14:11: sensor.channel: found "248:input:0"; allowed is station:table:address, as in \
            "1:input:0"
            """),
        Mistake(
            "\"1:input:0\"", "\"1:input:65536\"",
            """
            14:11: sensor.channel: found "1:input:65536"; allowed is station:table:address, as in \
            "1:input:0"
            """),
        Mistake(
            "\"1:input:0\"", "\"1:input:65535\"",
            """
            14:11: sensor.channel: found "1:input:65535"; the number has two registers, and 65535 is \
            the last
            """),
        Mistake(
            "\"1:input:0\"", "\"1:coil:0\"",
            "15:8: sensor.type: found \"f32\"; not used with a bit of the table coil"),
        Mistake(
            "\"f32\"", "\"f64\"",
            """
            15:8: sensor.type: found "f64"; allowed is "u16", "i16", "u32", "i32" or "f32"
            """),
        Mistake(
            "\"low-first\"", "\"low\"",
            """
            16:14: sensor.word_order: found "low"; allowed is "high-first" or "low-first"
            """),
        Mistake(
            "\"2:holding:7\"", "\"2:input:7\"",
            """
            27:11: actuator.channel: found "2:input:7"; allowed is station:table:address with holding \
            or coil, as in "1:holding:0"
            """),
        Mistake(
            "scale = 10\n", "scale = 1000\n",
            """
            30:9: actuator.range: found 0, 100000 as numbers to write; type "u16" holds 0 to 65535
            """),
        Mistake(
            "max_age_ms = 3000", "max_age_ms = 1000",
            "33:14: actuator.max_age_ms: found 1000; allowed is more than period_ms = 1000"),
        Mistake(
            "stop_bits = 2", "poll_ms = 1501",
            """
            33:14: actuator.max_age_ms: found 3000; allowed is at least 3002: two rounds of requests, \
            of poll_ms = 1501 each
            """),
    ]

    @Test("the text that the mistakes are made in is valid, and read as it is written")
    func base() throws {
        let settings = try parse(text: ModbusBase.text, path: "oven.toml")
        guard case .modbus(let bus) = settings.devices.first?.driver else {
            Issue.record("the device is a bus")
            return
        }
        #expect(bus.path.value == "/dev/serial/by-id/usb-RS485")
        #expect(bus.baud == 9_600)
        #expect(bus.parity == .none)
        #expect(bus.stopBits == 2)
        #expect(bus.deadlineMilliseconds == 200)
        #expect(bus.pollMilliseconds == 500)
        #expect(bus.retries == 2)
        let water = try #require(settings.sensors.first?.input)
        #expect(water.scale == 0.1)
        #expect(water.register?.station == 1)
        #expect(water.register?.table == .input)
        #expect(water.register?.address == 0)
        #expect(water.register?.type == .f32)
        #expect(water.register?.wordOrder == .lowFirst)
        guard case .register(let heater) = settings.actuators.first?.output else {
            Issue.record("the heater is a register")
            return
        }
        #expect(heater.register.station == 2)
        #expect(heater.register.table == .holding)
        #expect(heater.register.address == 7)
        #expect(heater.register.type == .u16)
        #expect(heater.register.wordOrder == .highFirst)
        #expect(heater.scale == 10)
    }

    @Test("a coil is on or off in its safe state")
    func coil() throws {
        let coil = ModbusBase.text.replacing("\"2:holding:7\"", with: "\"2:coil:7\"")
        let settings = try parse(text: coil, path: "oven.toml")
        guard case .register(let output) = settings.actuators.first?.output else {
            Issue.record("the heater is a coil")
            return
        }
        #expect(output.register.type == nil)
        let error = #expect(throws: ConfigurationError.self) {
            try parse(
                text: coil.replacing("safe = \"0 %\"", with: "safe = \"50 %\""), path: "oven.toml")
        }
        #expect(error?.description.contains("a line that nobody switches is off or on") == true)
    }

    /// The configuration with a second actuator on the bus.
    private func twoActuators(_ channel: String, type: String) throws(ConfigurationError) {
        let fan = """
            [[actuator]]
            name = "fan"
            device = "bus"
            channel = "\(channel)"
            type = "\(type)"
            unit = "%"
            range = ["0 %", "100 %"]
            safe = "0 %"
            slew = "100 %/s"
            max_age_ms = 3000
            [[loop]]
            """
        let text = ModbusBase.text.replacing("[[loop]]", with: fan)
        _ = try parse(text: text, path: "oven.toml")
    }

    @Test(
        "two actuators that would write over each other's registers are refused, both named",
        arguments: [("2:holding:6", "f32"), ("2:holding:6", "u32")])
    func overlap(channel: String, type: String) throws {
        let error = #expect(throws: ConfigurationError.self) {
            try twoActuators(channel, type: type)
        }
        #expect(
            error?.problems.first?.description
                == """
                oven.toml:37:11: actuator.channel: found "\(channel)" of "fan", whose registers overlap \
                "2:holding:7" of actuator "heater"; a number of type u32, i32 or f32 has two registers
                """)
    }

    @Test(
        "registers beside those of another actuator, or of another station, are taken",
        arguments: [("2:holding:5", "f32"), ("2:holding:6", "i16"), ("3:holding:6", "f32")])
    func beside(channel: String, type: String) {
        // An actuator needs no loop of its own.
        #expect(throws: Never.self) { try twoActuators(channel, type: type) }
    }

    @Test("a mistake is reported with its place", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws {
        try mistake.checkFirst(in: ModbusBase.text)
    }

    /// The configuration with a register as an interlock, `keys` among its own.
    private static func interlock(_ keys: String) -> String {
        ModbusBase.text + """
            [[interlock]]
            name = "estop"
            device = "bus"
            channel = "3:holding:4"
            \(keys)
            max_age_ms = 2000

            """
    }

    @Test("an interlock in two registers has type and word order; alone it is a u16")
    func interlockKeys() throws {
        let given = Self.interlock("type = \"u32\"\nword_order = \"low-first\"")
        let two = try parse(text: given, path: "oven.toml")
        let register = try #require(two.interlocks.first?.sensor.input?.register)
        #expect(register.type == .u32 && register.wordOrder == .lowFirst)
        #expect(register.station == 3 && register.table == .holding && register.address == 4)
        let one = try parse(text: Self.interlock(""), path: "oven.toml")
        let plain = try #require(one.interlocks.first?.sensor.input?.register)
        #expect(plain.type == .u16 && plain.wordOrder == .highFirst)
        let bits = Self.interlock("").replacing("3:holding:4", with: "3:discrete:4")
        let bit = try parse(text: bits, path: "oven.toml")
        #expect(bit.interlocks.first?.sensor.input?.register?.type == nil)
    }

    @Test(
        "a mistake in them is said at their place",
        arguments: [
            ("type = \"u8\"", "interlock.type: found \"u8\""),
            ("word_order = \"low\"", "interlock.word_order: found \"low\""),
        ])
    func interlockMistake(key: String, message: String) throws {
        let error = try #require(throws: ConfigurationError.self) {
            try parse(text: Self.interlock(key), path: "oven.toml")
        }
        #expect(error.description.contains(message), "\(error)")
    }

    @Test("a bit has no type, and 65535 is the last register, also for an interlock")
    func interlockPlaces() throws {
        for (channel, keys, message) in [
            ("3:coil:4", "type = \"u16\"", "interlock.type"),
            ("3:holding:65535", "type = \"u32\"", "interlock.channel"),
        ] {
            let text = Self.interlock(keys).replacing("3:holding:4", with: channel)
            let error = #expect(throws: ConfigurationError.self) {
                try parse(text: text, path: "oven.toml")
            }
            #expect(error?.description.contains(message) == true, "\(channel)")
        }
    }
}
