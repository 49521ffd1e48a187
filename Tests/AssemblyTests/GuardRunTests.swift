import Assembly
import Configuration
import Control
import FixedPoint
import ModelFile
import Testing

@Suite("Guards on the simulated plant, from the configuration to the replay")
struct GuardRunTests {
    /// What happens, while it heats unless told otherwise, beside the guards of the loop.
    private static func run(
        _ event: String, at seconds: Int = 100, _ guards: String = "", interlocks: String = "",
        ticks: Int = 1_200
    ) throws -> SampleRun {
        let settings = try Plain.settings([
            ("[[device]]", "[[simulation.event]]\nat_s = \(seconds).0\n\(event)\n[[device]]"),
            ("range = [\"-50 %\", \"150 %\"]", "range = [\"0 %\", \"100 %\"]"),
            ("safe = \"10 %\"", "safe = \"0 %\""),
            ("[loop.supervisor]", "\(guards)\n[loop.supervisor]"),
            ("bridge_ms = 3000", "bridge_ms = 3000\n\(interlocks)"),
        ])
        let sample = try SampleRun(settings, ticks: ticks)
        #expect(SampleRun.replay(sample.description, sample.ticks) == nil)
        return sample
    }

    /// The level stays where it is, and a second later the setpoint moves.
    private static func stuckLevel(at seconds: Int, thenSetpoint units: Int) -> String {
        """
        kind = "actuator_stuck"
        [[simulation.event]]
        at_s = \(seconds + 1).0
        kind = "setpoint"
        value = "\(units) C"
        """
    }

    private static func cause(_ record: TickRecord) -> SupervisorCause? {
        SupervisorCause(rawValue: record.cause)
    }

    private static let stuck = """
        [loop.stuck]
        stuck_s = 60.0
        resolution = "0.5 C"
        deviation = "2 C"
        """
    private static let response = """
        [loop.unresponsive]
        command = "60 %"
        time_s = 60.0
        change = "2 C"
        [loop.uncommanded]
        command = "2 %"
        time_s = 60.0
        change = "3 C"
        """

    @Test("the plant with all guards and nothing wrong runs as without them")
    func healthy() throws {
        let nothing = "kind = \"load\"\nvalue = 0.0"
        let plain = try Self.run(nothing)
        let guarded = try Self.run(nothing, Self.stuck + "\n" + Self.response)
        #expect(guarded.ticks == plain.ticks)
        #expect(guarded.ticks.last?.state == SupervisorState.learned.rawValue)
    }

    @Test("a stuck sensor is found, its replay is the same to the last bit")
    func stuckSensor() throws {
        let sample = try Self.run("kind = \"stuck\"", Self.stuck)
        let trip = try #require(sample.ticks.first { Self.cause($0) == .sensorStuck })
        // Stuck at tick 200, 3 C below the setpoint; it may have moved last half a degree before.
        #expect(trip.tick > 305 && trip.tick <= 320, "tick \(trip.tick)")
        #expect(trip.output.bits == 0 && trip.latched == 0)
    }

    @Test("a heater that dies is unresponsive, and latches")
    func dead() throws {
        // The level stays where it was, and a higher setpoint asks for more.
        let sample = try Self.run(
            Self.stuckLevel(at: 500, thenSetpoint: 65), at: 500, Self.response, ticks: 1_600)
        let trip = try #require(sample.ticks.first { $0.latched != 0 })
        #expect(Self.cause(trip) == .unresponsive)
        #expect(sample.ticks.last?.output.bits == 0)
    }

    @Test("a relay that sticks is uncommanded movement")
    func uncommanded() throws {
        // The setpoint falls to the surroundings while the level stays where it was.
        let sample = try Self.run(
            Self.stuckLevel(at: 100, thenSetpoint: 20), Self.response)
        let trip = try #require(sample.ticks.first { $0.latched != 0 })
        #expect(Self.cause(trip) == .uncommanded)
    }

    @Test(
        "an interlock opens and closes: safe in its tick, latched by default",
        arguments: [true, false])
    func interlock(latches: Bool) throws {
        let sample = try Self.run(
            "kind = \"interlock\"\nduration_s = 20.0",
            interlocks: """
                [[interlock]]
                name = "estop"
                device = "lab"
                max_age_ms = 1000
                latch = \(latches)
                """)
        let open = sample.ticks[200]
        #expect(open.interlocksOpen == 1 && Self.cause(open) == .interlockOpen)
        #expect(open.output.bits == 0)
        #expect(sample.ticks[199].state == SupervisorState.learned.rawValue)
        let last = try #require(sample.ticks.last)
        #expect(last.latched == (latches ? 1 : 0))
        #expect((last.state == SupervisorState.learned.rawValue) == !latches)
    }

    @Test("two sensors that part are safe, and say what the second says")
    func redundant() throws {
        let second = try Plain.sensor.replacing("\"t1\"", with: "\"t2\"") + "[[actuator]]"
        let settings = try Plain.settings([
            (
                "[[device]]",
                """
                [[simulation.event]]
                at_s = 100.0
                kind = "bias"
                sensor = "t2"
                value = "5 C"
                [[device]]
                """
            ),
            ("[[actuator]]", second),
            (
                "[loop.supervisor]",
                """
                [loop.redundant]
                sensor = "t2"
                disagreement = "3 C"
                time_s = 10.0
                [loop.supervisor]
                """
            ),
        ])
        let sample = try SampleRun(settings, ticks: 300)
        #expect(SampleRun.replay(sample.description, sample.ticks) == nil)
        let trip = try #require(
            sample.ticks.first { Self.cause($0) == .sensorDisagreement })
        #expect(trip.tick == 219)
        let text = try #require(CauseText.text(trip, settings))
        #expect(
            text.hasPrefix("t2 says ") && text.hasSuffix("for 10 s; allowed are 3 C"), "\(text)")
        // A second reading that agreed would have begun the time anew.
        guard
            case .differs(let recorded, _) = sample.replay(
                changing: 205, { $0.checkReading = $0.reading })
        else {
            Issue.record("the second reading decides nothing")
            return
        }
        #expect(recorded.tick == 219)
    }

    @Test("times become ticks, levels parts of the range, and a negative gain turns the direction")
    func parameters() throws {
        let guards = try Plain.parameters([
            ("kp = \"4 %/C\"", "kp = \"-4 %/C\""),
            ("[loop.supervisor]", Self.stuck + "\n" + Self.response + "\n[loop.supervisor]"),
        ]).guards
        let stuck = try #require(guards.stuck)
        #expect(stuck.ticks == 120 && stuck.resolution == Q16_16(bits: 1 << 15))
        #expect(stuck.deviation == Q16_16(2))
        // A tenth of the range.
        #expect(abs(Int(stuck.commandChange.bits) * 10 - 1 << 28) <= 10)
        let unresponsive = try #require(guards.unresponsive)
        // 60 % of -50 ... 150 %.
        #expect(abs(Int(unresponsive.command.bits) * 100 - 55 << 28) <= 100)
        #expect(unresponsive.ticks == 120 && unresponsive.isReversed)
        #expect(guards.uncommanded?.change == Q16_16(3))
        #expect(guards.agreement == nil)
    }
}
