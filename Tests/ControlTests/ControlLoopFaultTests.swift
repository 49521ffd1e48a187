import Control
import FixedPoint
import ModelFile
import Testing

@Suite("Faults injected into the control loop")
struct ControlLoopFaultTests {
    static let laws = [SupervisorState.fallback, .learned]
    static let sensorFaults: [SensorFault] = [
        .stale, .malformed, .disconnected, .outOfRange, .tooFast,
    ]
    static let actuatorFaults: [ActuatorFault] = [
        .disconnected, .unacknowledged, .readBackMismatch, .expired,
    ]

    @Test(
        "a silent sensor is bridged for 3 ticks with the command held, then the loop is safe",
        arguments: sensorFaults, laws)
    func dropout(fault: SensorFault, law: SupervisorState) throws {
        var bench = try LoopBench(law)
        let before = bench.run(30, at: 40)
        #expect(before.output.bits > 10 << 16 && before.lawState == law)
        bench.sensor.fault = fault
        for age in 1...3 as ClosedRange<UInt32> {
            let record = bench.tick()
            #expect(record.output == before.output && record.lawState == law)
            #expect(record.estimateAgeTicks == age && record.estimate == before.estimate)
            #expect(record.readFault == fault.rawValue && record.sensorFault == fault.rawValue)
        }
        let safe = bench.tick()
        #expect(safe.output.bits == 0 && safe.lawState == .safe && safe.why == .sensorLost)
        #expect(safe.latched == 0 && bench.actuator.trace.last?.bits == 0)
    }

    @Test("a short dropout moves nothing but the integrator", arguments: laws)
    func shortDropout(law: SupervisorState) throws {
        var bench = try LoopBench(law)
        let before = bench.run(30, at: 40)
        bench.sensor.fault = .malformed
        for _ in 0..<3 { bench.tick() }
        bench.sensor.fault = nil
        let after = bench.tick(40)
        #expect(after.lawState == law && after.why == .nominal)
        // One tick of integral action: 0.01 of an error of a twelfth of the span.
        let moved = after.applied.doubleValue - before.applied.doubleValue
        #expect(moved >= 0 && moved < 0.01 / 12 + 3e-4)
    }

    @Test("after a dropout the loop recovers to the fallback, then to the learned law")
    func recovery() throws {
        var bench = try LoopBench(.learned)
        bench.run(10, at: 40)
        bench.sensor.fault = .disconnected
        for _ in 0..<20 { bench.tick() }
        bench.sensor.fault = nil
        let states = (0..<11).map { _ in bench.tick(40).lawState }
        #expect(
            states == Array(repeating: .safe, count: 4) + Array(repeating: .fallback, count: 5)
                + Array(repeating: .learned, count: 2))
    }

    @Test("a frozen reading is bridged once it is too old", arguments: laws)
    func frozen(law: SupervisorState) throws {
        var bench = try LoopBench(law)
        bench.run(10, at: 40)
        // 5 ticks of greatest age, 3 of bridge.
        let states = (0..<9).map { _ in bench.tick().lawState }
        #expect(states == Array(repeating: law, count: 8) + [.safe])
    }

    @Test("a reading from the end of time never counts as fresh", arguments: laws)
    func fromTheFuture(law: SupervisorState) throws {
        var bench = try LoopBench(law)
        bench.run(10, at: 40)
        bench.sensor.reading = Reading(
            value: bench.sensor.reading.value, timeNanoseconds: .max)
        for _ in 0..<3 { #expect(bench.tick().sensorFault == SensorFault.stale.rawValue) }
        #expect(bench.tick().lawState == .safe)
    }

    @Test("implausible readings within the limits are bridged and never reach the laws")
    func implausible() throws {
        for (units, fault) in [
            (-1, .outOfRange), (-4.99, .outOfRange), (85, .tooFast), (89.99, .tooFast),
        ] as [(Double, SensorFault)] {
            var bench = try LoopBench { $0.maxRatePerSecond = Q16_16(bits: 10 << 16) }
            let before = bench.run(30, at: 40)
            for _ in 0..<3 {
                let record = bench.tick(units)
                #expect(record.sensorFault == fault.rawValue && record.readFault == 0)
                #expect(record.output == before.output && record.estimate == before.estimate)
            }
            #expect(bench.tick(units).lawState == .safe)
        }
    }

    /// Readings beyond a limit from 40 C, the check that they fail, and the limit.
    static let beyond: [(Double, SensorFault, SupervisorCause)] = [
        (-10, .outOfRange, .limitLow), (121, .outOfRange, .limitHigh),
        (32_767, .outOfRange, .limitHigh), (-32_767, .outOfRange, .limitLow),
        (90, .tooFast, .limitHigh), (118, .tooFast, .limitHigh),
    ]

    @Test("a single implausible reading at a limit is safe in its tick, and not latched")
    func suspect() throws {
        for (units, fault, _) in Self.beyond {
            for law in Self.laws {
                var bench = try LoopBench(law) { $0.maxRatePerSecond = Q16_16(bits: 10 << 16) }
                let before = bench.run(30, at: 40)
                let trip = bench.tick(units)
                #expect(trip.lawState == .safe && trip.why == .limitSuspected)
                #expect(trip.output.bits == 0 && trip.latched == 0)
                #expect(trip.sensorFault == fault.rawValue && trip.estimate == before.estimate)
                // 5 good ticks of recovery, as after a lost sensor.
                let states = (0..<6).map { _ in bench.tick(40).lawState }
                #expect(states == Array(repeating: .safe, count: 4) + [.fallback, .fallback])
            }
        }
    }

    @Test("the same reading of a sensor that fell silent is one reading, however long it lasts")
    func suspectOnce() throws {
        var bench = try LoopBench { $0.maxRatePerSecond = Q16_16(bits: 10 << 16) }
        bench.run(30, at: 40)
        bench.tick(118)
        for _ in 0..<20 {
            let record = bench.tick()
            #expect(record.lawState == .safe && record.latched == 0)
        }
    }

    @Test("implausible readings at a limit that outlast the bridge latch")
    func suspectRepeated() throws {
        for (units, _, limit) in Self.beyond {
            var bench = try LoopBench { $0.maxRatePerSecond = Q16_16(bits: 1 << 16) }
            bench.run(30, at: 40)
            let records = (0..<4).map { _ in bench.tick(units) }
            #expect(records.map(\.latched) == [0, 0, 0, 1])
            #expect(records.allSatisfy { $0.output.bits == 0 && $0.lawState == .safe })
            #expect(records[3].why == limit)
            #expect(bench.run(50, at: 40).latched == 1)
        }
    }

    @Test("a stale reading beyond a limit says nothing about now")
    func suspectStale() throws {
        var bench = try LoopBench()
        bench.run(30, at: 40)
        bench.sensor.reading = Reading(
            value: Q16_16(bits: 118 << 16),
            timeNanoseconds: bench.time - 5 * LoopBench.period)
        let record = bench.tick()
        #expect(record.sensorFault == SensorFault.stale.rawValue && record.lawState == .fallback)
    }

    @Test(
        "an actuator that reports faults for longer than its age drives the safe level",
        arguments: actuatorFaults, laws)
    func actuator(fault: ActuatorFault, law: SupervisorState) throws {
        var bench = try LoopBench(law)
        bench.run(10, at: 40)
        bench.actuator.fault = fault
        // The fault of a command is known in the next tick.
        #expect(bench.tick(40).actuatorFault == 0)
        for _ in 0..<2 {
            let record = bench.tick(40)
            #expect(record.actuatorFault == fault.rawValue && record.lawState == law)
        }
        let failed = bench.tick(40)
        #expect(failed.lawState == .safe && failed.why == .actuatorFailed)
        #expect(failed.output.bits == 0 && failed.latched == 0)
        // The safe level is driven again in every tick, whether the device answers or not.
        bench.run(50, at: 40)
        #expect(bench.actuator.trace.suffix(50).allSatisfy { $0.bits == 0 })
        bench.actuator.fault = nil
        let states = (0..<6).map { _ in bench.tick(40).lawState }
        #expect(states == Array(repeating: .safe, count: 5) + [.fallback])
    }

    /// The parameters of a loop that needs 20 ticks from end to end of its output.
    private static func slow(_ parameters: inout LoopParameters) {
        parameters.slewPerTick = (1 << 28) / 20
        parameters.safeLevel = Q16_16(bits: 5 << 16)
    }

    @Test("after its command has expired the loop resumes from the safe level", arguments: laws)
    func resumesAfterExpiry(law: SupervisorState) throws {
        var bench = try LoopBench(law, change: Self.slow)
        let before = bench.run(60, at: 20)
        #expect(before.output.bits > 30 << 16)
        bench.actuator.fault = .expired
        bench.tick(20)
        bench.actuator.fault = nil
        // Known in the next tick: from 5 % on, by 5 % a tick at most and by what the law asks for.
        var last: Int32 = 5 << 16
        for _ in 0..<5 {
            let record = bench.tick(20)
            #expect(record.lawState == law && record.output.bits <= last + 5 << 16)
            last = record.output.bits
        }
        // The law has followed: it integrates from the safe level, 0.01 of an error of a quarter.
        #expect(last < 7 << 16)
    }

    @Test("a stall that outlasts the command needs no report of it", arguments: laws)
    func resumesAfterStall(law: SupervisorState) throws {
        var bench = try LoopBench(law, change: Self.slow)
        let before = bench.run(60, at: 20)
        let record = bench.tick(20, missed: 2)
        #expect(before.output.bits > 30 << 16 && record.output.bits < 11 << 16)
    }

    @Test("a command held through a dropout is the safe level once it has expired", arguments: laws)
    func holdsSafeLevelAfterExpiry(law: SupervisorState) throws {
        var bench = try LoopBench(law, change: Self.slow)
        bench.run(60, at: 20)
        bench.sensor.fault = .stale
        bench.actuator.fault = .expired
        bench.tick()
        #expect((bench.tick().applied.doubleValue - 0.05).magnitude < 0x1p-28)
    }

    @Test("an actuator fault that passes changes nothing")
    func passingActuatorFault() throws {
        var bench = try LoopBench(.learned)
        bench.run(10, at: 40)
        bench.actuator.fault = .unacknowledged
        bench.tick(40)
        bench.tick(40)
        bench.actuator.fault = nil
        #expect(bench.run(5, at: 40).lawState == .learned)
    }

    @Test("a learned law outside its envelope gives way to the PID and comes back")
    func envelope() throws {
        var model = try Model(pid: LoopBench.gains, periodSeconds: 1)
        model.law.envelopeHigh = .nearest(0.5)
        var bench = try LoopBench(
            requested: .learned, model: model, parameters: LoopBench.parameters(LoopBench.gains))
        bench.run(10, at: 40)
        let states = (0..<4).map { _ in bench.tick(61).lawState }
        #expect(states == [.learned, .learned, .fallback, .fallback])
        #expect(bench.run(9, at: 59).lawState == .fallback)
        #expect(bench.tick(59).lawState == .learned)
    }
}
