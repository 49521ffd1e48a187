import Control
import FixedPoint
import ModelFile
import Testing

@Suite("Experiments as laws of the loop")
struct ExperimentTests {
    static let laws = [SupervisorState.fallback, .learned]
    static let kinds = [HeatedBench.step(), HeatedBench.relay()]
    /// A unit of Q16.16 for each map to fractions and back.
    static let rounding = 3.0 / 65_536

    @Test("a step holds the command that acted, then moves it by its amplitude", arguments: laws)
    func step(law: SupervisorState) throws {
        var heated = try HeatedBench(law)
        let before = heated.tick().output.doubleValue
        heated.bench.experiment = HeatedBench.step()
        let records = heated.run(61)
        let outputs = records.map { $0.output.doubleValue }
        #expect(outputs[0..<10].allSatisfy { abs($0 - before) < Self.rounding })
        #expect(outputs[10..<60].allSatisfy { abs($0 - before - 20) < Self.rounding })
        #expect(records[0..<60].allSatisfy { $0.origin == .step && $0.end == nil })
        #expect(records[60].origin == .law && records[60].end == .completed)
        #expect(records.allSatisfy { $0.lawState == law })
    }

    @Test("a relay switches at the edges of its dead band until it has cycles enough")
    func relay() throws {
        var heated = try HeatedBench()
        let before = heated.tick().output.doubleValue
        heated.bench.experiment = HeatedBench.relay()
        let records = heated.run(200)
        let acting = records.filter { $0.origin == .relay }
        let centre = acting[10].estimate.doubleValue
        var rises = 1
        for (previous, record) in zip(acting.dropFirst(10), acting.dropFirst(11)) {
            let move = record.output.doubleValue - previous.output.doubleValue
            let distance = record.estimate.doubleValue - centre
            #expect(abs(abs(record.output.doubleValue - before) - 15) < Self.rounding)
            if move > 1 { rises += 1 }
            if move != 0 { #expect(move > 0 ? distance < -0.5 : distance > 0.5) }
        }
        // The fifth switch upward is its end, which no command of it shows any more.
        #expect(rises == 4)
        #expect(records.last?.end == .completed && records.last?.origin == .law)
    }

    @Test("a relay with a negative amplitude begins downward")
    func reverse() throws {
        var heated = try HeatedBench()
        let before = heated.tick().output.doubleValue
        heated.bench.experiment = HeatedBench.relay(-15)
        let first = heated.run(11)[10]
        #expect(abs(first.output.doubleValue - before + 15) < Self.rounding)
    }

    @Test("an experiment whose request is withdrawn is over in that tick, at any tick")
    func abort() throws {
        for experiment in Self.kinds {
            for tick in 0..<62 {
                var heated = try HeatedBench()
                heated.bench.experiment = experiment
                heated.run(tick)
                let last = heated.bench.records.last
                heated.bench.experiment = nil
                let record = heated.tick()
                #expect(
                    record.origin == .law && record.end == nil && record.experiment.rawKind == 0)
                guard tick > 0, last?.origin != .law else { continue }
                // The PID goes on from the command that acted: only what the error did meanwhile.
                let moved = record.applied.doubleValue - (last?.applied.doubleValue ?? 0)
                let change = (record.estimate.doubleValue - (last?.estimate.doubleValue ?? 0)) / 120
                let error = (50 - record.estimate.doubleValue) / 120
                #expect(
                    abs(moved + 1.5 * change - 0.05 * error) < 1e-4, "tick \(tick)")
            }
        }
    }

    @Test("an ended experiment acts no more, however long it is asked for, and a new number begins")
    func oneOnly() throws {
        var heated = try HeatedBench()
        heated.bench.experiment = HeatedBench.step()
        heated.run(61)
        let later = heated.run(300)
        #expect(later.allSatisfy { $0.origin == .law && $0.end == .completed })
        heated.bench.experiment = HeatedBench.step(number: 2)
        #expect(heated.tick().origin == .step)
    }

    @Test("a command beyond the output range is refused before anything moves")
    func refused() throws {
        var unknown = HeatedBench.step()
        unknown.rawKind = 3
        // 30 % acts: 71 more are above the range, 31 less below it; a relay needs both.
        for experiment in [
            HeatedBench.step(71), HeatedBench.step(-31), HeatedBench.relay(31), unknown,
        ] {
            var heated = try HeatedBench()
            heated.bench.experiment = experiment
            let records = heated.run(3)
            #expect(records.allSatisfy { $0.origin == .law && $0.end == .refused })
        }
    }

    @Test("the operator's command acts in place of the law, inside the range and the slew rate")
    func manual() throws {
        var heated = try HeatedBench { $0.slewPerTick = 1 << 24 }
        let before = heated.tick().output.doubleValue
        heated.bench.manual = Q16_16(bits: 60 << 16)
        let records = heated.run(20)
        // A sixteenth of the range in a tick.
        for (index, record) in records.enumerated() {
            let expected = min(60, before + 6.25 * Double(index + 1))
            #expect(abs(record.output.doubleValue - expected) < 0.001)
            #expect(record.origin == .manual)
        }
        heated.bench.manual = Q16_16(bits: 500 << 16)
        #expect(heated.run(8).last?.output.bits == 100 << 16)
        heated.bench.manual = nil
        let back = heated.tick()
        #expect(back.origin == .law && abs(back.output.doubleValue - 100) < 10)
    }

    @Test("the operator's command is driven without a reading, too")
    func manualWithoutReading() throws {
        var heated = try HeatedBench()
        heated.bench.manual = Q16_16(bits: 0)
        let record = heated.tickWithoutReading()
        #expect(record.lawState != .safe, "bridged")
        #expect(record.origin == .manual && record.output.bits == 0)
    }

    @Test("the operator's command never outlives a limit")
    func manualAtLimit() throws {
        var heated = try HeatedBench()
        heated.bench.manual = Q16_16(bits: 100 << 16)
        heated.run(300)
        let reached = heated.bench.records.first { $0.estimate.bits >= 90 << 16 }
        #expect(reached?.lawState == .safe && reached?.latched == 1)
        #expect(heated.bench.records.last?.output.bits == 0)
        #expect(heated.bench.records.last?.origin == .law)
    }
}
