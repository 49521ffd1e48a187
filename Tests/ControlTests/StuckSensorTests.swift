import Control
import FixedPoint
import ModelFile
import Testing

@Suite("A sensor that sticks")
struct StuckSensorTests {
    /// Half a degree within 20 ticks, when the setpoint is 2 C away or the command has moved by 10 %.
    static func guarded(_ parameters: inout LoopParameters) {
        parameters.guards.stuck = StuckLimits(
            resolution: Q16_16(bits: 1 << 15), deviation: Q16_16(bits: 2 << 16),
            commandChange: Q3_28(bits: (1 << 28) / 10), ticks: 20)
    }

    @Test("a plant at rest, seen through a coarse converter, does not trip")
    func atRest() throws {
        var heated = try HeatedBench(change: Self.guarded)
        // Steps of 1 C: the reading stands at 50 C while the temperature wanders below the step.
        let records = (0..<2_000).map { tick in
            let wander = 0.4 * Double(tick % 400) / 400
            heated.temperature = 50 + wander
            let record = heated.bench.tick(heated.temperature.rounded(.down))
            return record
        }
        #expect(records.allSatisfy { $0.lawState == .fallback })
    }

    @Test("a reading that sticks away from its setpoint trips after 20 ticks, not before")
    func away() throws {
        var bench = try LoopBench(change: Self.guarded)
        bench.run(5, at: 40)
        // The first reading was the last movement; 20 more make the trip.
        let records = (0..<16).map { _ in bench.tick(40) }
        #expect(records.prefix(15).allSatisfy { $0.lawState == .fallback })
        #expect(records[15].why == .sensorStuck && records[15].latched == 0)
        #expect(records[15].output.bits == 0)
    }

    @Test("a reading that sticks at its setpoint trips when the setpoint moves")
    func setpoint() throws {
        var heated = try HeatedBench(change: Self.guarded)
        let stuck = heated.temperature
        for _ in 0..<100 { #expect(heated.bench.tick(stuck).lawState == .fallback) }
        heated.bench.target = Q16_16(bits: 60 << 16)
        let states = (0..<22).map { _ in heated.bench.tick(stuck).lawState }
        #expect(states.prefix(19).allSatisfy { $0 == .fallback })
        #expect(states.last == .safe)
    }

    @Test("a command that has moved by a tenth must move the reading, also by hand")
    func byHand() throws {
        var heated = try HeatedBench(change: Self.guarded)
        heated.bench.manual = Q16_16(30)
        heated.run(150)
        let stuck = heated.temperature
        heated.bench.manual = Q16_16(38)
        for _ in 0..<60 { #expect(heated.bench.tick(stuck).lawState == .fallback) }
        heated.bench.manual = Q16_16(41)
        let states = (0..<22).map { _ in heated.bench.tick(stuck).lawState }
        #expect(states.prefix(19).allSatisfy { $0 == .fallback })
        #expect(states.last == .safe)
    }

    @Test("the way back is a reading that moves, then the time of recovery")
    func movesAgain() throws {
        var bench = try LoopBench(change: Self.guarded)
        bench.run(60, at: 40)
        #expect(bench.run(200, at: 40).why == .sensorStuck)
        let states = (0..<6).map { bench.tick(41 + Double($0)).lawState }
        #expect(states == Array(repeating: .safe, count: 4) + [.fallback, .fallback])
    }

    @Test("the way back by the operator: the safe state, then a law, and 20 ticks anew")
    func operated() throws {
        var bench = try LoopBench(change: Self.guarded)
        #expect(bench.run(60, at: 40).why == .sensorStuck)
        bench.requested = .safe
        #expect(bench.run(1, at: 40).why == .requested)
        bench.requested = .fallback
        let states = (0..<19).map { _ in bench.tick(40).lawState }
        #expect(states.allSatisfy { $0 == .fallback })
        #expect(bench.run(4, at: 40).why == .sensorStuck)
    }

    @Test("a stuck sensor stays one while the safe level acts, and never heats by turns")
    func noTurns() throws {
        var bench = try LoopBench(change: Self.guarded)
        bench.run(60, at: 20)
        let records = (0..<1_000).map { _ in bench.tick(20) }
        #expect(records.allSatisfy { $0.why == .sensorStuck && $0.output.bits == 0 })
    }
}
