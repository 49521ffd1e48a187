import Control
import FixedPoint
import ModelFile
import Testing

@Suite("Loops of a cascade, each as the other one sees it")
struct CascadeTests {
    /// A loop that commands setpoints from 0 to 100 of another one.
    private static func outer(
        _ law: SupervisorState = .fallback
    ) throws -> LoopBench {
        try LoopBench(law) { $0.isOuter = true }
    }

    private static func inner(lostTicks: UInt32) throws -> LoopBench {
        try LoopBench { $0.guards.outerLostTicks = lostTicks }
    }

    // MARK: Outside

    @Test(
        "the loop outside goes along with one that does not follow, and on from there without a bump",
        arguments: [SupervisorState.fallback, .learned])
    func bumpless(law: SupervisorState) throws {
        var bench = try Self.outer(law)
        bench.run(20, at: 45)
        bench.cascade.tracking = Q16_16(bits: 31 << 16)
        let tracking = bench.run(200, at: 48)
        #expect(tracking.origin == .tracking && tracking.output.bits == 31 << 16)
        bench.cascade.tracking = nil
        let first = bench.tick(48)
        #expect(first.origin == .law && first.lawState == law)
        // What the integral adds in one tick: 0.01 of an error of 2 in 120, in 100.
        let change = first.output.bits - (31 << 16)
        #expect(change >= 0 && change < 65_536 / 10)
    }

    @Test("nothing winds up while the loop inside does not follow, however long")
    func noWindupWhileTracking() throws {
        var bench = try Self.outer()
        bench.run(5, at: 30)
        bench.cascade.tracking = Q16_16(bits: 20 << 16)
        bench.run(5_000, at: 30)
        bench.cascade.tracking = nil
        // Only the error's return moves it: the proportional part, 1.5 of 20 in 120, in 100.
        let back = bench.tick(50)
        #expect(back.output.bits < 20 << 16)
    }

    @Test("at the end of the loop inside the command stops, and comes back at once")
    func limited() throws {
        var bench = try Self.outer()
        let before = bench.run(50, at: 49).output
        bench.cascade.isLimitedHigh = true
        let stopped = bench.run(3_000, at: 40)
        #expect(stopped.output == before && stopped.limited == 1)
        // Downwards it is free; the integrator has not gone beyond what was applied.
        let down = bench.tick(51)
        #expect(down.output < before)
        bench.cascade.isLimitedHigh = false
        bench.cascade.isLimitedLow = true
        let lower = bench.run(3_000, at: 60)
        #expect(lower.output == down.output && lower.limited == 2)
        #expect(bench.tick(49).output > down.output)
    }

    @Test("in its safe state the loop outside goes along, and begins again where the other one is")
    func safeGoesAlong() throws {
        var bench = try Self.outer()
        bench.run(30, at: 45)
        bench.sensor.fault = .disconnected
        for _ in 0..<5 { bench.tick() }
        #expect(bench.records.last?.why == .sensorLost)
        bench.cascade.tracking = Q16_16(bits: 37 << 16)
        #expect(bench.tick().output.bits == 37 << 16)
        bench.sensor.fault = nil
        for _ in 0..<6 { bench.tick(45) }
        #expect(bench.records.last?.lawState == .fallback)
        #expect(bench.records.last?.output.bits == 37 << 16)
        bench.cascade.tracking = nil
        let first = bench.tick(45)
        #expect((first.output.bits - (37 << 16)).magnitude < 65_536 / 10)
    }

    @Test("an actuator has its safe level in the safe state, whatever is given")
    func actuatorStaysSafe() throws {
        var bench = try LoopBench()
        bench.run(5, at: 45)
        bench.cascade.tracking = Q16_16(bits: 80 << 16)
        bench.cascade.isLimitedLow = true
        let trip = bench.tick(95)
        #expect(trip.why == .limitHigh && trip.output.bits == 0)
        #expect(trip.isTracking == 0 && trip.limited == 0)
        #expect(bench.tick(60).output.bits == 0)
    }

    @Test("an experiment outside ends when the loop inside stops following")
    func experimentEnds() throws {
        var bench = try Self.outer()
        bench.run(5, at: 45)
        var step = Experiment()
        step.rawKind = ExperimentKind.step.rawValue
        step.number = 1
        step.amplitude = Q16_16(bits: 1 << 16)
        step.limitTicks = 100
        step.high = Q16_16(bits: 80 << 16)
        step.slope = Q16_16(bits: 10 << 16)
        step.slopeTicks = 10
        bench.experiment = step
        #expect(bench.tick(45).origin == .step)
        bench.cascade.tracking = Q16_16(bits: 20 << 16)
        let ended = bench.tick(45)
        #expect(ended.end == .actuatorFault && ended.origin == .tracking)
    }

    @Test("a reload may give the loop inside another setpoint of its own")
    func revised() throws {
        var bench = try Self.outer()
        let before = bench.run(5, at: 45)
        let other = try LoopBench.parameters(LoopBench.gains) {
            $0.isOuter = true
            $0.safeLevel = Q16_16(bits: 7 << 16)
        }
        bench.instance.loop.revise(other)
        let after = bench.tick(45)
        #expect(after.lawState == .fallback)
        #expect((after.output.bits - before.output.bits).magnitude < 65_536 / 10)
    }

    // MARK: Inside

    @Test("a lost loop outside is borne for its time, and then the output is safe")
    func lost() throws {
        var bench = try Self.inner(lostTicks: 4)
        bench.cascade.outer = .acts
        bench.run(10, at: 45)
        bench.cascade.outer = .lost
        #expect(bench.run(4, at: 45).lawState == .fallback)
        let safe = bench.tick(45)
        #expect(safe.why == .outerSafe && safe.output.bits == 0 && safe.latched == 0)
        bench.cascade.outer = .acts
        #expect(bench.run(4, at: 45).lawState == .safe)
        #expect(bench.tick(45).lawState == .fallback)
    }

    @Test("a loop outside that is safe makes the output safe in the same tick, by hand too")
    func safe() throws {
        var bench = try Self.inner(lostTicks: 100)
        bench.cascade.outer = .acts
        bench.run(10, at: 45)
        bench.cascade.outer = .safe
        #expect(bench.tick(45).why == .outerSafe)
        bench.manual = Q16_16(bits: 70 << 16)
        let byHand = bench.run(20, at: 45)
        #expect(byHand.lawState == .safe && byHand.output.bits == 0)
    }

    @Test("a loop outside that has not begun is waited for, and not recovered from")
    func starting() throws {
        var bench = try Self.inner(lostTicks: 100)
        bench.cascade.outer = .starting
        let waiting = bench.run(50, at: 45)
        #expect(waiting.why == .starting && waiting.output.bits == 0)
        bench.cascade.outer = .acts
        #expect(bench.tick(45).lawState == .fallback)
        bench.cascade.outer = .starting
        #expect(bench.tick(45).why == .outerSafe)
    }

    @Test("missed periods count as time of a lost loop outside")
    func missedPeriods() throws {
        var bench = try Self.inner(lostTicks: 5)
        bench.cascade.outer = .acts
        bench.run(10, at: 45)
        bench.cascade.outer = .lost
        bench.tick(45)
        #expect(bench.tick(45, missed: 1).lawState == .fallback)
        #expect(bench.tick(45, missed: 2).why == .outerSafe)
    }
}
