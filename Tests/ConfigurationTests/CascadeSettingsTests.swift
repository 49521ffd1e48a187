import Configuration
import Testing

@Suite("Cascades, feed-forward and known processes in a configuration")
struct CascadeSettingsTests {
    private static func load() throws -> Settings {
        try Configuration.load(path: Repository.path("configs/vessel.toml"))
    }

    @Test("every key arrives, in the units of both loops")
    func keys() throws {
        let settings = try Self.load()
        let outer = settings.loops[0]
        let cascade = try #require(outer.cascade)
        #expect(outer.actuator == nil && outer.periodMilliseconds == 5_000)
        #expect(cascade.inner.index == 1 && cascade.low == 15 && cascade.high == 95)
        #expect(cascade.slewPerSecond == 5 && cascade.holdsWhenLost)
        #expect(cascade.lostMilliseconds == 60_000)
        let feed = try #require(outer.feedForward)
        #expect(feed.sensor.index == 2 && feed.gain == 0.94 && feed.zero == 10)
        #expect(feed.leadSeconds == 15 && feed.lagSeconds == 5)
        #expect(feed.low == -9.4 && feed.high == 25)
        #expect(!feed.holdsWhenLost && feed.fadeSeconds == 60)
        let inner = settings.loops[1]
        #expect(inner.cascade == nil && inner.actuator?.index == 0)
        #expect(inner.periodMilliseconds == 1_000)
    }

    @Test("a loop outside drives what an actuator would be: the setpoint of the loop inside")
    func output() throws {
        let settings = try Self.load()
        let output = settings.output(ofLoop: 0)
        #expect(output.name == "jacket" && output.unit == Unit("C"))
        #expect(output.low == 15 && output.high == 95 && output.safe == 20)
        #expect(settings.output(ofLoop: 1).name == "heater")
        #expect(settings.outer(ofLoop: 1) == 0 && settings.outer(ofLoop: 0) == nil)
    }

    @Test("a loop runs behind the one that commands it, in whatever order they stand")
    func order() throws {
        let text = try Self.load().text
        let parts = text.split(separator: "[[loop]]", maxSplits: 2)
        try #require(parts.count == 3)
        let swapped = "\(parts[0])[[loop]]\(parts[2])\n[[loop]]\(parts[1])"
        let settings = try parse(text: swapped, path: "vessel.toml")
        #expect(settings.loops.map(\.name) == ["jacket", "vessel"])
        #expect(settings.tickOrder == [1, 0])
        #expect(settings.loops[1].cascade?.inner.index == 0)
    }

    @Test("what the rules leave out follows from the process")
    func rule() throws {
        let rule = try #require(try Self.load().loops[0].guards.unresponsive)
        // 60 C needs (60 - 2.9) / 0.81 = 70.494; halfway to 95 is 82.747; 20 s and 170 s.
        #expect(rule.command == 82.747 && rule.seconds == 190)
        // A quarter of 0.81 * 12.253 * (1 - 1/e).
        #expect(rule.change == 1.568)
    }

    @Test("what the configuration states itself holds, and the rest follows from it")
    func overridden() throws {
        let text = try Self.load().text.replacing(
            "[loop.unresponsive]\n", with: "[loop.unresponsive]\ntime_s = 105\n")
        let rule = try #require(
            try parse(text: text, path: "vessel.toml").loops[0].guards.unresponsive)
        #expect(rule.command == 82.747 && rule.seconds == 105)
        // Half a lag behind the dead time: 1 - exp(-1/2) = 0.39347.
        #expect(rule.change == 0.976)
    }

    @Test("an output that sticks is expected to do what full command does, above the setpoint")
    func uncommanded() throws {
        let text = Base.text.replacing(
            "[loop.learned]",
            with: """
                [loop.process]
                gain = "0.8 C/%"
                lag_s = 100
                second_lag_s = 20
                dead_time_s = 5
                rest = "22 C"
                [loop.uncommanded]
                [loop.learned]
                """)
        let rule = try #require(
            try parse(text: text, path: "oven.toml").loops[0].guards.uncommanded)
        // The half rule: 110 s and 15 s. 50 C needs 35 %; 65 % are left.
        #expect(rule.command == 2 && rule.seconds == 125)
        // A quarter of 0.8 * 65 * (1 - 1/e).
        #expect(rule.change == 8.218)
    }

    static let mistakes: [(part: String, replacement: String, message: String)] = [
        (
            "inner = \"jacket\"", "inner = \"vessel\"",
            "loop.cascade.inner: found \"vessel\"; the loops command each other in a circle: "
                + "vessel -> vessel"
        ),
        ("inner = \"jacket\"", "inner = \"kettle\"", "loop.cascade.inner: found \"kettle\""),
        (
            "range = [\"15 C\", \"95 C\"]", "range = [\"15 C\", \"105 C\"]",
            "loop.cascade.range: found [15.0, 105.0]; allowed is between 0 and 105"
        ),
        (
            "slew = \"5 C/s\"", "slew = \"5 %/s\"", "loop.cascade.slew: found the unit \"%/s\""
        ),
        ("lost_ms = 60000\n", "", "loop.cascade.lost_ms: missing"),
        (
            "actuator = \"heater\"\nsetpoint", "setpoint",
            "loop.actuator: missing; needed is the name of an [[actuator]]"
        ),
        (
            "period_ms = 5000", "period_ms = 5000\nactuator = \"heater\"",
            "loop.actuator: found \"heater\"; a loop with [loop.cascade] has none"
        ),
        (
            "period_ms = 5000", "period_ms = 4500",
            "loop.period_ms: found 4500; allowed is a multiple of period_ms = 1000"
        ),
        (
            "period_ms = 5000", "period_ms = 6000",
            "loop.period_ms: found 6000; allowed is up to the max_age_ms = 5000 of its sensor"
        ),
        (
            "setpoint = \"20 C\"", "setpoint = \"20 C\"\nperiod_ms = 2000\nramp = \"1 C/s\"",
            "loop.ramp: found \"1 C/s\"; its setpoint is commanded"
        ),
        (
            "setpoint = \"20 C\"", "setpoint = \"20 C\"\nperiod_ms = 3000",
            "loop.period_ms: found 3000; allowed is below the max_age_ms = 3000 of its actuator"
        ),
        (
            "kp = \"8 %/C\"\nti_s = 41.0",
            "kp = \"8 %/C\"\nti_s = 41.0\n[[loop.profile]]\nat_s = 1\nsetpoint = \"30 C\"",
            "loop.profile: found a profile of loop \"jacket\""
        ),
        (
            "kind = \"load\"\ninput = 2\nvalue = 8",
            "kind = \"setpoint\"\nloop = \"jacket\"\nvalue = \"30 C\"",
            "simulation.event.loop: found \"jacket\"; another loop commands its setpoint"
        ),
        (
            "sensor = \"feed\"\ngain", "sensor = \"jacket\"\ngain",
            "loop.feedforward.sensor: found \"jacket\"; allowed is a sensor that nothing else uses"
        ),
        (
            "gain = \"0.94 C/g/s\"", "gain = \"0.94 C/C\"",
            "loop.feedforward.gain: found the unit \"C/C\""
        ),
        (
            "zero = \"10 g/s\"", "zero = \"60 g/s\"",
            "loop.feedforward.zero: found \"60 g/s\"; allowed is from 0 to 50"
        ),
        ("lag_s = 5.0\n", "", "loop.feedforward.lead_s: found 15"),
        (
            "limit = [\"-9.4 C\", \"25 C\"]", "limit = [\"1 C\", \"25 C\"]",
            "loop.feedforward.limit: found [1.0, 25.0]; 0 must lie between"
        ),
        (
            "gain = \"0.81 C/C\"", "gain = \"0.5 C/C\"",
            "loop.unresponsive: found a process that needs 114.2 to hold its setpoint"
        ),
        (
            "[loop.process]\ngain = \"0.81 C/C\"\nlag_s = 170.0\ndead_time_s = 20.0\nrest = \"2.9 C\"",
            "", "loop.unresponsive: missing: command, time_s, change"
        ),
    ]

    @Test(
        "a mistake names file, place, key, what was found and what is allowed", arguments: mistakes)
    func mistake(_ mistake: (part: String, replacement: String, message: String)) throws {
        let whole = try Self.load().text
        try #require(whole.contains(mistake.part))
        let text = whole.replacing(mistake.part, with: mistake.replacement, maxReplacements: 1)
        let error = try #require(throws: ConfigurationError.self) {
            try parse(text: text, path: "vessel.toml")
        }
        let lines = error.description.split(separator: "\n")
        #expect(lines.contains { $0.contains(mistake.message) }, "\(error)")
        #expect(lines.allSatisfy { $0.wholeMatch(of: /vessel.toml:[0-9]+:[0-9]+: .*/) != nil })
    }

    @Test("a circle of several loops is refused at each of them, and so is a second commander")
    func circles() throws {
        let text = try Self.load().text
        let circle = text.replacing(
            "actuator = \"heater\"\nsetpoint = \"20 C\"",
            with: "setpoint = \"20 C\"\nperiod_ms = 5000\n[loop.cascade]\ninner = \"vessel\"\n"
                + "range = [\"20 C\", \"60 C\"]\nlost_ms = 0\n[loop.x]"
        ).replacing("[loop.x]\nlaw = \"pid\"\n", with: "")
        let error = try #require(throws: ConfigurationError.self) {
            try parse(text: circle, path: "vessel.toml")
        }
        #expect(error.description.contains("circle: vessel -> jacket -> vessel"), "\(error)")
        #expect(error.description.contains("circle: jacket -> vessel -> jacket"))
        let second = text.replacing(
            "[[loop]]\nname = \"jacket\"",
            with: """
                [[loop]]
                name = "other"
                sensor = "feed"
                setpoint = "10 g/s"
                law = "pid"
                [loop.cascade]
                inner = "jacket"
                range = ["20 C", "60 C"]
                lost_ms = 0
                [loop.pid]
                kp = "1 C/g/s"
                ti_s = 10
                [[loop]]
                name = "jacket"
                """)
        let twice = try #require(throws: ConfigurationError.self) {
            try parse(text: second, path: "vessel.toml")
        }
        #expect(twice.description.contains("loop \"vessel\" commands it"), "\(twice)")
    }
}
