import Assembly
import Configuration
import Control
import FixedPoint
import ModelFile
import Testing

@Suite("Guards on the simulated plant, from the configuration to the replay")
struct GuardRunTests {
    /// What happens at 100 s, beside the guards of the loop.
    private static func run(
        _ event: String, _ guards: String = "", interlocks: String = "", ticks: Int = 1_200
    ) throws -> SampleRun {
        let settings = try Plain.settings([
            ("[[device]]", "[[simulation.event]]\nat_s = 100.0\n\(event)\n[[device]]"),
            ("range = [\"-50 %\", \"150 %\"]", "range = [\"0 %\", \"100 %\"]"),
            ("safe = \"10 %\"", "safe = \"0 %\""),
            ("[loop.supervisor]", "\(guards)\n[loop.supervisor]"),
            ("bridge_ms = 3000", "bridge_ms = 3000\n\(interlocks)"),
        ])
        let sample = try SampleRun(settings, ticks: ticks)
        #expect(SampleRun.replay(sample.description, sample.ticks) == nil)
        return sample
    }

    private static func cause(_ record: TickRecord) -> SupervisorCause? {
        SupervisorCause(rawValue: record.cause)
    }

    private static let stuck = """
        [loop.stuck]
        stuck_s = 60.0
        resolution = "1 C"
        deviation = "4 C"
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
        // Stuck at 100 s, at a command that moves on, or a setpoint far away.
        #expect(trip.tick >= 320 && trip.tick < 520, "tick \(trip.tick)")
        #expect(trip.output.bits == 0 && trip.latched == 0)
    }

    @Test("a heater that dies is unresponsive, and latches")
    func dead() throws {
        // The level stays where it was, and a higher setpoint asks for more.
        let sample = try Self.run(
            "kind = \"actuator_stuck\"\n[[simulation.event]]\nat_s = 130.0\nkind = \"setpoint\"\nvalue = \"65 C\"",
            Self.response, ticks: 1_600)
        let trip = try #require(sample.ticks.first { $0.latched != 0 })
        #expect(Self.cause(trip) == .unresponsive)
        #expect(sample.ticks.last?.output.bits == 0)
    }

    @Test("a relay that sticks is uncommanded movement")
    func uncommanded() throws {
        // The setpoint falls to the surroundings while the level stays where it was.
        let sample = try Self.run(
            "kind = \"actuator_stuck\"\n[[simulation.event]]\nat_s = 101.0\nkind = \"setpoint\"\nvalue = \"20 C\"",
            Self.response)
        let trip = try #require(sample.ticks.first { $0.latched != 0 })
        #expect(Self.cause(trip) == .uncommanded)
    }

    @Test("an interlock opens and closes: safe in its tick, latched by default", arguments: [true, false])
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
        let second = """
            [[sensor]]
            name = "t2"
            device = "lab"
            channel = "y1"
            unit = "C"
            range = ["-20 C", "80 C"]
            limit_high = "70 C"
            limit_low = "-10 C"
            max_rate = "2 C/s"
            max_age_ms = 1500
            [[actuator]]
            """
        let settings = try Plain.settings([
            (
                "[[device]]",
                "[[simulation.event]]\nat_s = 100.0\nkind = \"bias\"\nsensor = \"t2\"\nvalue = \"5 C\"\n[[device]]"
            ),
            ("[[actuator]]", second),
            (
                "[loop.supervisor]",
                "[loop.redundant]\nsensor = \"t2\"\ndisagreement = \"3 C\"\ntime_s = 10.0\n[loop.supervisor]"
            ),
        ])
        let sample = try SampleRun(settings, ticks: 300)
        #expect(SampleRun.replay(sample.description, sample.ticks) == nil)
        let trip = try #require(
            sample.ticks.first { Self.cause($0) == .sensorDisagreement })
        #expect(trip.tick == 219)
        let text = try #require(CauseText.text(trip, settings))
        #expect(text.hasPrefix("t2 says ") && text.hasSuffix("for 10 s; allowed are 3 C"), "\(text)")
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
        #expect(stuck.ticks == 120 && stuck.resolution == Q16_16(1))
        #expect(stuck.deviation == Q16_16(4))
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
