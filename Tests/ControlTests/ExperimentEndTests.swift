import Control
import FixedPoint
import ModelFile
import Testing

@Suite("What ends an experiment")
struct ExperimentEndTests {
    static let kinds = [HeatedBench.step(), HeatedBench.relay()]

    /// An experiment that acts, 15 ticks from its begin.
    func acting(
        _ experiment: Experiment, change: (inout LoopParameters) -> Void = { _ in }
    ) throws -> HeatedBench {
        var heated = try HeatedBench(change: change)
        heated.bench.experiment = experiment
        let last = heated.run(15).last
        #expect(last?.origin != .law && last?.end == nil)
        return heated
    }

    @Test("a relay that does not oscillate ends at its time")
    func timeLimit() throws {
        var relay = HeatedBench.relay()
        relay.hysteresis = Q16_16(bits: 40 << 16)
        relay.limitTicks = 40
        var heated = try HeatedBench()
        heated.bench.experiment = relay
        let records = heated.run(41)
        #expect(records[39].origin == .relay)
        #expect(records[40].origin == .law && records[40].end == .timeLimit)
    }

    @Test("the measurement reaching the end of its range ends it in that tick")
    func rangeLimit() throws {
        var step = HeatedBench.step()
        step.high = Q16_16(bits: 55 << 16)
        var heated = try HeatedBench()
        heated.bench.experiment = step
        let records = heated.run(60)
        let first = try #require(records.first { $0.estimate.bits >= 55 << 16 })
        #expect(first.end == .rangeLimit && first.origin == .law && first.lawState == .fallback)
        #expect(records.allSatisfy { $0.tick < first.tick || $0.end == .rangeLimit })

        var down = HeatedBench.step(-20)
        down.low = Q16_16(bits: 45 << 16)
        heated = try HeatedBench()
        heated.bench.experiment = down
        let fall = try #require(heated.run(60).first { $0.estimate.bits <= 45 << 16 })
        #expect(fall.end == .rangeLimit && fall.origin == .law)
    }

    @Test("a measurement that moves too fast ends it in that tick")
    func slopeLimit() throws {
        // 20 % step at 1 C a tick at first: 4.1 C within 5 ticks.
        var step = HeatedBench.step()
        step.slope = Q16_16(bits: 3 << 16)
        var heated = try HeatedBench()
        heated.bench.experiment = step
        let records = heated.run(30)
        let end = try #require(records.firstIndex { $0.end == .slopeLimit })
        #expect(records[end - 1].origin == .step && records[end].origin == .law)
        let moved = records[end].estimate.doubleValue - 50
        // Up to twice the limit, when a stretch ends within the rise, and one tick of it.
        #expect(moved > 3 && moved < 7)
    }

    static let sensorFaults: [SensorFault] = [
        .stale, .malformed, .disconnected, .outOfRange, .tooFast,
    ]

    @Test(
        "any sensor fault ends it in that tick; then the bridge and the safe state",
        arguments: sensorFaults)
    func sensorFault(fault: SensorFault) throws {
        for experiment in Self.kinds {
            var heated = try acting(experiment)
            heated.bench.sensor.fault = fault
            let records = (0..<4).map { _ in heated.tickWithoutReading() }
            #expect(records.allSatisfy { $0.origin == .law })
            #expect(records[0].end == .sensorFault)
            #expect(records[3].lawState == .safe && records[3].output.bits == 0)
            heated.bench.sensor.fault = nil
            let later = heated.run(30)
            #expect(later.allSatisfy { $0.origin == .law && $0.end == .sensorFault })
        }
    }

    @Test("an implausible or old reading ends it")
    func implausible() throws {
        for experiment in Self.kinds {
            var fast = try acting(experiment) { $0.maxRatePerSecond = Q16_16(bits: 10 << 16) }
            #expect(fast.bench.tick(fast.temperature + 30).end == .sensorFault)
            var old = try acting(experiment)
            // Its reading is believed for 5 s.
            for _ in 0..<5 { #expect(old.bench.tick().end == nil) }
            #expect(old.bench.tick().end == .sensorFault)
        }
    }

    @Test("any actuator fault ends it")
    func actuatorFault() throws {
        for fault in ControlLoopFaultTests.actuatorFaults {
            for experiment in Self.kinds {
                var heated = try acting(experiment)
                heated.bench.actuator.fault = fault
                heated.tick()
                // What the actuator says comes a tick late.
                let record = heated.tick()
                #expect(record.end == .actuatorFault && record.origin == .law)
            }
        }
    }

    @Test("missed periods end it")
    func overrun() throws {
        for experiment in Self.kinds {
            for holds in [false, true] {
                var heated = try acting(experiment) { $0.holdsOnOverrun = holds }
                let record = heated.tick(missed: 1)
                #expect(record.end == .overrun && record.origin == .law)
                #expect(heated.tick().origin == .law)
            }
        }
    }

    @Test("a protective limit ends it at the safe level, though its own range would allow it")
    func protectiveLimit() throws {
        for law in ExperimentTests.laws {
            var step = HeatedBench.step(60)
            step.high = Q16_16(bits: 119 << 16)
            step.slope = Q16_16(bits: 100 << 16)
            step.limitTicks = 1_000
            var heated = try HeatedBench(law)
            heated.bench.experiment = step
            let records = heated.run(300)
            let trip = try #require(records.firstIndex { $0.estimate.bits >= 90 << 16 })
            #expect(records[trip].lawState == .safe && records[trip].latched == 1)
            #expect(records[trip].end == .safeState && records[trip].output.bits == 0)
            #expect(records[trip...].allSatisfy { $0.output.bits == 0 && $0.origin == .law })
        }
    }

    @Test("an implausible reading beyond a limit ends it at the safe level")
    func suspected() throws {
        for experiment in Self.kinds {
            var heated = try acting(experiment)
            let record = heated.bench.tick(130)
            #expect(record.lawState == .safe && record.end == .safeState)
            #expect(record.output.bits == 0)
        }
    }

    @Test("the operator's safe state ends it, and it does not come back with the law")
    func requestedSafe() throws {
        for experiment in Self.kinds {
            var heated = try acting(experiment)
            heated.bench.requested = .safe
            let record = heated.tick()
            #expect(record.end == .safeState && record.output.bits == 0)
            heated.bench.requested = .fallback
            #expect(heated.run(20).allSatisfy { $0.origin == .law })
        }
    }

    @Test("one asked for in the safe state or without a reading never begins")
    func neverBegins() throws {
        var bench = try LoopBench()
        bench.experiment = HeatedBench.step()
        bench.sensor.fault = .disconnected
        #expect(bench.tick().end == .safeState)
        bench.sensor.fault = nil
        for _ in 0..<20 { #expect(bench.tick(40).origin == .law) }
    }

    @Test("an experiment that begins at a limit of its own ends there")
    func beginsAtLimit() throws {
        var step = HeatedBench.step()
        step.high = Q16_16(bits: 45 << 16)
        var heated = try HeatedBench()
        heated.bench.experiment = step
        let record = heated.tick()
        #expect(record.end == .rangeLimit && record.origin == .law)
        step = HeatedBench.step(number: 2)
        step.limitTicks = 0
        heated.bench.experiment = step
        #expect(heated.tick().end == .completed)
    }
}
