import Assembly
import Configuration
import Control
import ControlSocket
import FixedPoint
import ModelFile
import Testing

@Suite("A cascade with feed-forward on the simulated vessel, from the configuration to the replay")
struct CascadeRunTests {
    /// The example with parts of it replaced; each must be there.
    private static func settings(_ changes: [(String, String)] = []) throws -> Settings {
        let path = Repository.path("configs/vessel.toml")
        var text = try Configuration.load(path: path).text
        for (part, replacement) in changes {
            try #require(text.contains(part))
            text = text.replacing(part, with: replacement, maxReplacements: 1)
        }
        return try parse(text: text, path: path)
    }

    /// The example with one event instead of its own.
    private static func settings(
        event: String, at seconds: Int, _ changes: [(String, String)] = []
    ) throws -> Settings {
        try settings(
            [
                (
                    "at_s = 1500\nkind = \"load\"\ninput = 2\nvalue = 8",
                    "at_s = \(seconds)\n\(event)"
                ),
                ("at_s = 2100\nkind", "at_s = 100000\nkind"),
                ("at_s = 2800\nkind", "at_s = 100000\nkind"),
            ] + changes)
    }

    private static func run(_ settings: Settings, ticks: Int) throws -> SampleRun {
        let sample = try SampleRun(settings, ticks: ticks)
        #expect(SampleRun.replay(sample.description, sample.ticks) == nil)
        return sample
    }

    private static func seconds(_ record: TickRecord) -> Double {
        Double(record.timeNanoseconds) * 1e-9
    }

    private static func outer(_ sample: SampleRun) -> [TickRecord] {
        sample.ticks.filter { $0.loop == 0 }
    }

    private static func inner(_ sample: SampleRun) -> [TickRecord] {
        sample.ticks.filter { $0.loop == 1 }
    }

    private static func number(_ value: Q16_16) -> Double { Double(value.bits) / 65_536 }

    @Test("each loop has its own period, and the setpoint is in force in the tick that commands it")
    func periods() throws {
        let sample = try Self.run(try Self.settings(), ticks: 2_800)
        let (outer, inner) = (Self.outer(sample), Self.inner(sample))
        #expect(outer.map(\.tick) == Array(0..<560) && inner.map(\.tick) == Array(0..<2_800))
        #expect(outer.allSatisfy { $0.timeNanoseconds == $0.tick * 5_000_000_000 })
        for (index, record) in inner.enumerated() {
            #expect(record.target == outer[index / 5].output, "tick \(index)")
        }
        // Settled before the load: the noise, and what the integral still has to do.
        let settled = outer.filter { (1_300..<1_500).contains(Self.seconds($0)) }
        #expect(settled.allSatisfy { abs(Self.number($0.estimate) - 60) < 0.5 })
    }

    @Test("the measured feed costs less than half of what an unmeasured one does")
    func feedForward() throws {
        func worst(_ changes: [(String, String)]) throws -> Double {
            let sample = try Self.run(try Self.settings(changes), ticks: 2_100)
            return Self.outer(sample).filter { Self.seconds($0) >= 1_500 }
                .map { abs(Self.number($0.estimate) - 60) }.max() ?? 0
        }
        let with = try worst([])
        let without = try worst([("gain = \"0.94 C/g/s\"", "gain = \"0.001 C/g/s\"")])
        #expect(without > 0.5, "\(without)")
        #expect(with < without / 2, "\(with) against \(without)")
    }

    @Test("without its flow meter the feed-forward fades, and the loop goes on")
    func feedLost() throws {
        let sample = try Self.run(try Self.settings(), ticks: 2_500)
        let lost = Self.outer(sample).filter { (2_110..<2_400).contains(Self.seconds($0)) }
        let fades = FeedForwardState.fades.rawValue
        #expect(lost.allSatisfy { $0.feedForwardState == fades && $0.feedFault != 0 })
        #expect(lost.allSatisfy { $0.state == SupervisorState.fallback.rawValue })
        #expect(lost.last?.feedForward == .zero)
        #expect(Self.outer(sample).last?.feedForwardState == FeedForwardState.acts.rawValue)
    }

    @Test("the status says what the feed-forward adds, and that it holds when its meter is lost")
    func feedStatus() throws {
        let run = try OperatedRun(try Self.settings())
        func outer() throws -> LoopReportedStatus {
            try #require(try run.ask(ControlRequest(.status)).status?.loops.first)
        }
        // 8 g/s more than what the gains are for, from 1,500 s on; the meter is lost at 2,100 s.
        run.tick(2_000)
        let acting = try outer()
        #expect(acting.feedForwardState == "acts")
        #expect(acting.feedForward.map { abs($0 - 8 * 0.94) < 0.3 } == true)
        run.tick(130)
        #expect(try outer().feedForwardState == "fades")
    }

    @Test("a lost thermometer outside: the setpoint is held for its time, then the heater is off")
    func outerLost() throws {
        let event = "kind = \"dropout\"\nsensor = \"vessel\"\nduration_s = 200"
        let sample = try Self.run(try Self.settings(event: event, at: 1_500), ticks: 2_000)
        let inner = Self.inner(sample)
        let lost = inner.filter { $0.outer == OuterState.lost.rawValue }
        // From the tick that drives the outer loop safe: a bridge of 3 s is one period of 5 s.
        let begin = try #require(lost.first.map(Self.seconds))
        #expect((1_505...1_510).contains(begin))
        let held = lost.filter { Self.seconds($0) < begin + 60 }
        #expect(Set(held.map(\.target.bits)).count == 1 && held.count == 60)
        #expect(held.allSatisfy { $0.state == SupervisorState.fallback.rawValue })
        let safe = inner.filter { (begin + 60..<1_700).contains(Self.seconds($0)) }
        #expect(safe.allSatisfy { $0.cause == SupervisorCause.outerSafe.rawValue })
        #expect(safe.allSatisfy { $0.output.bits == 0 && $0.latched == 0 })
        // Readings are good again: ten seconds outside, ten inside, and on from where the jacket is.
        let back = try #require(
            inner.first { Self.seconds($0) > 1_700 && $0.state != SupervisorState.safe.rawValue })
        #expect(Self.seconds(back) < 1_730)
        #expect(abs(Self.number(back.setpoint) - Self.number(back.estimate)) < 5)
        #expect(inner.last?.state == SupervisorState.fallback.rawValue)
    }

    @Test("where it is said so, the jacket goes to its own setpoint meanwhile")
    func ownSetpoint() throws {
        let event = "kind = \"dropout\"\nsensor = \"vessel\"\nduration_s = 40"
        let sample = try Self.run(
            try Self.settings(
                event: event, at: 1_500, [("lost = \"hold\"", "lost = \"setpoint\"")]),
            ticks: 1_540)
        let lost = Self.inner(sample).filter { $0.outer == OuterState.lost.rawValue }
        #expect(!lost.isEmpty && lost.allSatisfy { $0.target.bits == 20 << 16 })
    }

    @Test("a limit outside turns the heater off in the same tick")
    func outerLimit() throws {
        let event = "kind = \"bias\"\nsensor = \"vessel\"\nvalue = \"9 C\""
        let sample = try Self.run(
            try Self.settings(
                event: event, at: 1_500, [("limit_high = \"75 C\"", "limit_high = \"65 C\"")]),
            ticks: 1_600)
        let trip = try #require(Self.outer(sample).first { $0.latched != 0 })
        #expect(Self.seconds(trip) == 1_500)
        let after = Self.inner(sample).filter { Self.seconds($0) >= 1_500 }
        #expect(after.count == 100)
        #expect(after.allSatisfy { $0.output.bits == 0 && $0.outer == OuterState.safe.rawValue })
    }

    @Test("at the heater's end the outer loop stops, and comes back without delay")
    func saturated() throws {
        let event = "kind = \"setpoint\"\nloop = \"vessel\"\nvalue = \"25 C\""
        let weak = [
            ("range = [\"0 %\", \"100 %\"]", "range = [\"0 %\", \"15 %\"]"),
            ("ramp = \"0.05 C/s\"\n", ""), ("[loop.unresponsive]\n", ""),
        ]
        let sample = try Self.run(
            try Self.settings(event: event, at: 2_500, weak), ticks: 2_700)
        let before = Self.outer(sample).filter { (1_000..<2_500).contains(Self.seconds($0)) }
        #expect(before.allSatisfy { $0.limited == 1 })
        #expect(Set(before.map(\.output.bits)).count == 1)
        let off = try #require(
            Self.inner(sample).first { Self.seconds($0) >= 2_500 && $0.output.bits == 0 })
        // The setpoint falls by its 5 C/s in periods of 5 s, the heater by 50 %/s.
        #expect(Self.seconds(off) <= 2_515)
    }

    @Test("by hand, or with a setpoint of its own, the jacket leads; closing moves nothing")
    func takenOver() throws {
        let run = try OperatedRun(try Self.settings())
        run.tick(1_000)
        _ = try run.ask(#"{"request":"mode","loop":"jacket","mode":"manual","output":20}"#)
        run.tick(300)
        let open = try #require(run.ticks.last { $0.loop == 0 })
        #expect(open.source == CommandSource.tracking.rawValue)
        let place = Self.number(try #require(run.ticks.last { $0.loop == 1 }).estimate)
        _ = try run.ask(#"{"request":"mode","loop":"jacket","mode":"auto"}"#)
        Self.expectClosed(run, near: place)
        run.tick(300)
        _ = try run.ask(#"{"request":"set","loop":"jacket","setpoint":50}"#)
        run.tick(300)
        let led = try #require(run.ticks.last { $0.loop == 0 })
        #expect(led.source == CommandSource.tracking.rawValue && led.output.bits == 50 << 16)
        _ = try run.ask(#"{"request":"set","loop":"jacket"}"#)
        Self.expectClosed(run, near: 50)
        #expect(try run.replay() == nil)
        for loop in UInt8(0)...1 {
            #expect(run.ticks.last { $0.loop == loop }?.state == SupervisorState.fallback.rawValue)
        }
    }

    /// What the law does in two periods at some 20 C from its setpoint; wound up, it would ask for 95 C.
    private static let twoPeriods = 10.0

    private static func expectClosed(_ run: OperatedRun, near place: Double) {
        run.tick(10)
        let last = run.ticks.suffix(12)
        let inner = last.filter { $0.loop == 1 }
        #expect(inner.allSatisfy { abs(number($0.setpoint) - place) < twoPeriods })
        #expect(inner.allSatisfy { $0.outer == OuterState.acts.rawValue })
        #expect(last.last { $0.loop == 0 }?.source == CommandSource.law.rawValue)
    }
}
