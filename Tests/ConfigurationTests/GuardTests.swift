import Configuration
import Testing

/// A valid file with every guard: a second lab measures the same as the first.
private enum GuardBase {
    static let text = Base.text
        .replacing(
            "[[actuator]]",
            with: """
                [[sensor]]
                name = "t2"
                device = "model"
                channel = "T1"
                unit = "C"
                range = ["0 C", "120 C"]
                limit_high = "85 C"
                limit_low = "0 C"
                max_rate = "20 C/s"
                max_age_ms = 4000
                [[actuator]]
                """
        )
        .replacing(
            "[loop.learned]",
            with: """
                [loop.stuck]
                stuck_s = 120
                resolution = "0.5 C"
                deviation = "5 C"
                [loop.unresponsive]
                command = "80 %"
                time_s = 60
                change = "2 C"
                [loop.uncommanded]
                command = "2 %"
                time_s = 90
                change = "3 C"
                [loop.redundant]
                sensor = "t2"
                disagreement = "4 C"
                time_s = 10
                [loop.learned]
                """)

    /// A simulated plant with two interlocks and an event of the second.
    static let simulated =
        Base.text
        .replacing("driver = \"tclab\"\npath = \"/dev/ttyACM0\"", with: "driver = \"sim\"")
        .replacing(
            "[[device]]\nname = \"model\"\ndriver = \"tclab\"\npath = \"/dev/ttyACM1\"\n", with: ""
        )
        .replacing("\"T1\"", with: "\"y1\"").replacing("\"Q1\"", with: "\"u1\"")
        .replacing(
            "kind = \"load\"\nvalue = 10.0", with: "kind = \"interlock\"\ninterlock = \"door\"")
            + """
            [[interlock]]
            name = "estop"
            device = "lab"
            active = "low"
            max_age_ms = 1000
            [[interlock]]
            name = "door"
            device = "lab"
            max_age_ms = 2000
            latch = false
            loop = "heater"

            """
}

@Suite("Guards and interlocks in a configuration")
struct GuardTests {
    @Test("every key arrives, in the units of sensor and actuator")
    func keys() throws {
        let settings = try parse(text: GuardBase.text, path: "oven.toml")
        let guards = settings.loops[0].guards
        #expect(guards.stuck?.seconds == 120 && guards.stuck?.resolution == 0.5)
        #expect(guards.stuck?.deviation == 5 && guards.stuck?.commandChange == nil)
        let unresponsive = try #require(guards.unresponsive)
        #expect(
            [unresponsive.command, unresponsive.seconds, unresponsive.change] == [80, 60, 2])
        let uncommanded = try #require(guards.uncommanded)
        #expect([uncommanded.command, uncommanded.seconds, uncommanded.change] == [2, 90, 3])
        #expect(guards.redundant?.sensor.index == 1)
        #expect(guards.redundant?.disagreement == 4 && guards.redundant?.seconds == 10)
    }

    @Test("without their tables all are off")
    func off() throws {
        let settings = try parse(text: Base.text, path: "oven.toml")
        let guards = settings.loops[0].guards
        #expect(guards.stuck == nil && guards.unresponsive == nil)
        #expect(guards.uncommanded == nil && guards.redundant == nil)
        #expect(settings.interlocks.isEmpty && settings.interlocks(ofLoop: 0) == 0)
    }

    @Test("interlocks follow the sensors among the inputs, and concern one loop or all")
    func interlocks() throws {
        let settings = try parse(text: GuardBase.simulated, path: "oven.toml")
        #expect(settings.interlocks.map(\.name) == ["estop", "door"])
        #expect(settings.interlocks.map(\.isActiveHigh) == [false, true])
        #expect(settings.interlocks.map(\.latches) == [true, false])
        #expect(settings.inputs.map(\.name) == ["t1", "estop", "door"])
        #expect(settings.interlocks(ofLoop: 0) == 3)
        #expect(settings.interlocks(ofLoop: 1) == 1)
        #expect(settings.simulation?.events.map(\.kind) == [.interlock(1)])
    }

    @Test("a line of GPIO is an interlock, with bias and debounce")
    func line() throws {
        let text = """
            [[interlock]]
            name = "estop"
            device = "pins"
            channel = "GPIO22"
            bias = "pull-down"
            debounce_us = 500
            max_age_ms = 1000

            """
        let settings = try parse(text: BoardBase.text + text, path: "board.toml")
        let input = try #require(settings.interlocks.first?.sensor.input)
        #expect(input.line?.bias == .pullDown && input.line?.debounceMicroseconds == 500)
        #expect(input.line?.measure == .level && input.line?.isActiveLow == false)
    }

    static let mistakes = [
        Mistake(
            "resolution = \"0.5 C\"", "resolution = \"0 C\"",
            "loop.stuck.resolution: found \"0 C\""
        ),
        Mistake("stuck_s = 120\n", "", "loop.stuck.stuck_s: missing"),
        Mistake("stuck_s = 120", "stuck_s = 120\nstuck = 1", "loop.stuck.stuck: unknown key"),
        Mistake(
            "command = \"80 %\"", "command = \"101 %\"",
            "loop.unresponsive.command: found \"101 %\"; allowed is from 0 to 100"
        ),
        Mistake(
            "change = \"3 C\"", "change = \"3 K\"",
            "loop.uncommanded.change: found the unit \"K\" in \"3 K\""
        ),
        Mistake(
            "sensor = \"t2\"", "sensor = \"t1\"",
            "loop.redundant.sensor: found \"t1\"; allowed is a sensor other than the loop's own"
        ),
        Mistake(
            "sensor = \"t2\"", "sensor = \"t3\"", "loop.redundant.sensor: found \"t3\""
        ),
        Mistake(
            "[record]",
            "[[interlock]]\nname = \"estop\"\ndevice = \"lab\"\nmax_age_ms = 1000\n[record]",
            "interlock.device: found \"lab\" with driver \"tclab\""
        ),
        Mistake(
            "kind = \"load\"\nvalue = 10.0", "kind = \"interlock\"",
            "simulation.event.kind: found \"interlock\"; it needs an [[interlock]]"
        ),
    ]

    @Test(
        "a mistake names file, place, key, what was found and what is allowed", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws {
        let error = try mistake.error(in: GuardBase.text)
        let line = try #require(error.description.split(separator: "\n").first)
        #expect(line.wholeMatch(of: /oven.toml:[0-9]+:[0-9]+: .*/) != nil)
        #expect(line.contains(mistake.message), "\(line)")
    }

    @Test("a channel that a loop reads is no interlock, and none for two")
    func readers() throws {
        let twice = """
            [[interlock]]
            name = "one"
            device = "pins"
            channel = "GPIO22"
            max_age_ms = 1000
            [[interlock]]
            name = "two"
            device = "pins"
            channel = "GPIO22"
            max_age_ms = 1000

            """
        let error = try #require(throws: ConfigurationError.self) {
            try parse(text: BoardBase.text + twice, path: "board.toml")
        }
        #expect(
            error.description.contains("whose channel \"GPIO22\" interlock \"one\" reads"),
            "\(error)")
    }
}
