import Control
import FixedPoint
import ModelFile
import Testing

@Suite("The control loop")
struct ControlLoopTests {
    @Test(
        "drives the safe level until a reading comes",
        arguments: [SupervisorState.fallback, .learned])
    func startsSafe(law: SupervisorState) throws {
        var bench = try LoopBench(law)
        bench.sensor.fault = .disconnected
        for _ in 0..<5 { bench.tick() }
        #expect(bench.actuator.trace == Array(repeating: Q16_16(bits: 0), count: 5))
        bench.sensor.fault = nil
        #expect(bench.tick(40).lawState == law)
        #expect(bench.sensor.reads == 6 && bench.actuator.trace.count == 6)
    }

    @Test(
        "waits at the safe level and begins there, however long the wait",
        arguments: [SupervisorState.fallback, .learned])
    func waitsAtSafeLevel(law: SupervisorState) throws {
        var bench = try LoopBench(law) { $0.safeLevel = Q16_16(bits: 30 << 16) }
        bench.sensor.fault = .disconnected
        for _ in 0..<5 { bench.tick() }
        bench.sensor.fault = nil
        // No error: nothing but the level it begins at. A hidden value of the network rounds.
        #expect((bench.tick(50).applied.doubleValue - 0.3).magnitude < 2.5e-4)
    }

    @Test("a loop without a learned law runs its PID when asked for one")
    func noLearnedLaw() throws {
        var bench = try LoopBench(.fallback)
        bench.requested = .learned
        #expect(bench.run(30, at: 40).lawState == .fallback)
    }

    @Test("takes a tick without reading and without fault as one with a stale reading")
    func noReading() throws {
        var bench = try LoopBench()
        bench.run(3, at: 40)
        let input = TickInput(
            tick: 99, timeNanoseconds: bench.time, missedPeriods: 0, reading: nil, readFault: nil,
            actuatorFault: nil, target: bench.target, requested: .fallback)
        let record = bench.instance.loop.step(input)
        #expect(record.sensorFault == SensorFault.stale.rawValue)
        #expect(record.readFault == SensorFault.stale.rawValue)
        #expect(record.estimateAgeTicks == 1)
    }

    @Test("a limit drives the safe level in its own tick, whatever the slew rate, and latches")
    func limitTrips() throws {
        var bench = try LoopBench(.learned) {
            $0.slewPerTick = 1 << 20
            $0.safeLevel = Q16_16(bits: 3 << 16)
        }
        bench.run(200, at: 60)
        bench.target = Q16_16(bits: 110 << 16)
        let before = bench.run(200, at: 80)
        #expect(before.output.bits > 30 << 16)
        let trip = bench.tick(90)
        #expect(trip.lawState == .safe && trip.latched == 1 && trip.why == .limitHigh)
        #expect(trip.output.bits == 3 << 16 && bench.actuator.trace.last == trip.output)
        let later = bench.run(100, at: 60)
        #expect(later.lawState == .safe && later.latched == 1)
        bench.requested = .safe
        #expect(bench.tick(60).latched == 0)
        bench.requested = .learned
        let back = bench.tick(60)
        #expect(back.lawState == .learned)
        // From the safe level on, the slew rate holds again.
        let reach = (3 << 16) + (100 << 16) >> 8
        #expect(Int(back.output.bits) <= reach + 1)
    }

    @Test("the way back begins at the safe level, not at an old command")
    func returnsFromSafe() throws {
        for law in [SupervisorState.fallback, .learned] {
            var bench = try LoopBench(law) { $0.supervisor.recoverTicks = 1 }
            let before = bench.run(40, at: 30)
            #expect(before.output.bits > 20 << 16)
            bench.sensor.fault = .malformed
            for _ in 0..<10 { bench.tick() }
            bench.sensor.fault = nil
            let back = bench.tick(30)
            // One tick of integral action at most.
            #expect(back.lawState == .fallback && back.output.bits < 1 << 16)
        }
    }

    @Test("a change of laws moves the command by less than 1e-4 of its range")
    func bumpless() throws {
        let gains = PIDParameters(kp: 1.5, ki: 1e-6, tracking: 0.1)
        var bench = try LoopBench(.learned, gains: gains)
        var last = bench.run(300, at: 40)
        for request in [SupervisorState.fallback, .learned, .fallback, .learned] {
            bench.requested = request
            let next = bench.tick(40)
            #expect(next.lawState == request)
            let moved = (next.applied.doubleValue - last.applied.doubleValue).magnitude
            #expect(moved <= 1e-4)
            last = bench.run(30, at: 40)
        }
    }

    @Test("overruns are skipped: the laws go on, ramp and age count the missed periods")
    func skips() throws {
        var bench = try LoopBench { $0.rampPerTick = 1 << 16 }
        bench.target = Q16_16(bits: 100 << 16)
        #expect(bench.tick(40).setpoint.bits == 41 << 16)
        #expect(bench.tick(40, missed: 4).setpoint.bits == 46 << 16)
        bench.sensor.fault = .stale
        #expect(bench.tick(missed: 1).estimateAgeTicks == 2)
        let lost = bench.tick(missed: 1)
        #expect(lost.estimateAgeTicks == 4 && lost.lawState == .safe)
    }

    @Test("a long stall does not allow a large step: the slew rate is that of one tick")
    func stallDoesNotStep() throws {
        var bench = try LoopBench {
            $0.slewPerTick = 1 << 20
            $0.supervisor.actuatorFaultTicks = 9
        }
        let before = bench.run(20, at: 60)
        let after = bench.tick(20, missed: 1)
        #expect(after.lawState == .fallback && after.applied > before.applied)
        #expect(after.applied.bits - before.applied.bits <= 1 << 20)
    }

    @Test("missed periods do not kick the derivative")
    func missedSlope() throws {
        let gains = PIDParameters(kp: 0.001, kd: 50, filter: 1)
        var bench = try LoopBench(gains: gains)
        bench.run(5, at: 50)
        let record = bench.tick(48, missed: 9)
        #expect(record.pidCommand.doubleValue.magnitude < 1e-3)
    }

    @Test("the policy hold repeats the command for one tick after an overrun, and for no more")
    func holds() throws {
        var bench = try LoopBench {
            $0.holdsOnOverrun = true
            $0.supervisor.actuatorFaultTicks = 9
        }
        let before = bench.run(20, at: 45)
        let held = bench.tick(30, missed: 1)
        #expect(held.output == before.output && held.lawState == .fallback)
        // A loop that overruns in every tick is still a loop.
        let next = bench.tick(30, missed: 1)
        #expect(next.output != before.output)
        #expect(bench.tick(20, missed: 1).output == next.output)
    }

    @Test("the policy hold does not hold back a limit")
    func holdTrips() throws {
        var bench = try LoopBench { $0.holdsOnOverrun = true }
        bench.run(20, at: 60)
        let record = bench.tick(95, missed: 1)
        #expect(record.lawState == .safe && record.output.bits == 0)
    }

    @Test("the policy safe latches after overruns in a row")
    func overrunsLatch() throws {
        var bench = try LoopBench {
            $0.supervisor.overrunTicks = 3
            $0.supervisor.overrunWindowTicks = 3
        }
        bench.run(5, at: 40)
        for missed in [1, 1, 0, 1, 1] as [UInt32] {
            #expect(bench.tick(40, missed: missed).lawState == .fallback)
        }
        let record = bench.tick(40, missed: 1)
        #expect(record.lawState == .safe && record.latched == 1 && record.why == .overrun)
        #expect(record.output.bits == 0)
    }

    @Test("in the safe state without a reading the setpoint stays where the plant was last seen")
    func rampWaitsAtEstimate() throws {
        var bench = try LoopBench { $0.rampPerTick = 1 << 16 }
        bench.target = Q16_16(bits: 80 << 16)
        bench.run(10, at: 40)
        bench.sensor.fault = .disconnected
        for _ in 0..<4 { bench.tick() }
        for _ in 0..<20 {
            let record = bench.tick()
            #expect(record.lawState == .safe && record.setpoint.bits == 41 << 16)
        }
    }

    @Test("after the safe state the ramp begins where the plant is")
    func rampRestarts() throws {
        var bench = try LoopBench { $0.rampPerTick = 1 << 16 }
        bench.target = Q16_16(bits: 80 << 16)
        #expect(bench.run(40, at: 40).setpoint.bits == 80 << 16)
        bench.sensor.fault = .disconnected
        for _ in 0..<20 { bench.tick() }
        bench.sensor.fault = nil
        for _ in 0..<4 { #expect(bench.tick(30).lawState == .safe) }
        let back = bench.tick(30)
        #expect(back.lawState == .fallback && back.setpoint.bits == 31 << 16)
        #expect(bench.tick(30).setpoint.bits == 32 << 16)
    }

    @Test(
        "in the safe state the output is the safe level to the last bit",
        arguments: [
            (0, 100 << 16, 33 << 16), (-7_777_777, 2_000_000_000, 1_234_567),
            (-1_000_000_000, 1_000_000_000, 1), (0, .max, .max - 1), (5, 6, 6),
        ] as [(Int32, Int32, Int32)])
    func exactSafeLevel(low: Int32, high: Int32, safe: Int32) throws {
        let range = try #require(
            EngineeringRange(low: Q16_16(bits: low), high: Q16_16(bits: high)))
        var bench = try LoopBench {
            $0.outputRange = range
            $0.safeLevel = Q16_16(bits: safe)
        }
        bench.sensor.fault = .stale
        #expect(bench.tick().output.bits == safe)
        bench.sensor.fault = nil
        bench.run(20, at: 20)
        bench.requested = .safe
        #expect(bench.tick(20).output.bits == safe)
    }
}
