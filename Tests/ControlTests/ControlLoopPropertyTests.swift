import Control
import FixedPoint
import ModelFile
import Testing

@Suite("The control loop under random inputs")
struct ControlLoopPropertyTests {
    static let seeds = Array(1...24) as [UInt64]
    static let ticks = 400

    /// A random loop: ranges, gains and limits within what a configuration allows, mostly small.
    private static func bench(_ random: inout SplitMix64) throws -> LoopBench {
        func bits(_ range: ClosedRange<Int>) -> Q16_16 {
            Q16_16(bits: Int32(random.uniform(range)))
        }
        func gain(_ exponents: ClosedRange<Int>) -> Double {
            let size = Double(sign: .plus, exponent: random.uniform(exponents), significand: 1)
            return size * Double(random.uniform(-1_000...1_000)) / 1_000
        }
        let gains = PIDParameters(
            kp: gain(-20...13), ki: gain(-30...13), kd: gain(-20...13),
            filter: gain(-10...0).magnitude, b: gain(0...0).magnitude,
            tracking: gain(-10...0).magnitude)
        let outputLow = bits(-(1 << 30)...(1 << 29))
        let outputHigh = Q16_16(bits: outputLow.bits + Int32(random.uniform(1...(1 << 30))))
        let low = bits(-(1 << 30)...(1 << 29))
        let high = Q16_16(bits: low.bits + Int32(random.uniform(1...(1 << 30))))
        let safe = bits(Int(outputLow.bits)...Int(outputHigh.bits))
        let slew = Int32(random.uniform(1...(1 << 29)))
        let ramp = random.next() % 2 == 0 ? 0 : Int32(random.uniform(1...(1 << 30)))
        let rate = bits(1...Int(Int32.max))
        let holds = random.next() % 2 == 0
        let overruns = UInt32(random.uniform(0...4))
        let outputRange = try #require(EngineeringRange(low: outputLow, high: outputHigh))
        let range = try #require(EngineeringRange(low: low, high: high))
        let parameters = try LoopBench.parameters(gains) {
            $0.measurementRange = range
            $0.outputRange = outputRange
            $0.safeLevel = safe
            $0.slewPerTick = slew
            $0.rampPerTick = ramp
            $0.maxRatePerSecond = rate
            $0.holdsOnOverrun = holds
            $0.supervisor.overrunTicks = overruns
            $0.supervisor.overrunWindowTicks = max(1, overruns)
            // Limits that most readings keep, and some reach.
            $0.limitLow = Q16_16(bits: low.bits + 1)
            $0.limitHigh = Q16_16(bits: high.bits - 1)
        }
        let model = try? Model(pid: gains, periodSeconds: 1)
        return try LoopBench(requested: .learned, model: model, parameters: parameters)
    }

    /// A random tick: extreme integers as often as believable ones.
    private static func input(
        _ random: inout SplitMix64, _ bench: LoopBench, tick: UInt64, time: UInt64, missed: UInt32
    ) -> TickInput {
        let range = bench.instance.loop.parameters.measurementRange
        let extremes: [Int32] = [
            .min, .max, 0, range.low.bits, range.high.bits,
            Int32(truncatingIfNeeded: random.next()),
        ]
        func value() -> Q16_16 {
            if random.next() % 4 == 0 { return Q16_16(bits: extremes[random.uniform(0...5)]) }
            let inside = random.uniform(Int(range.low.bits)...Int(range.high.bits))
            return Q16_16(bits: Int32(inside))
        }
        let times = [time, time, time, time &- 1, time &+ 1, time / 2, 0, .max, random.next()]
        let draw = random.next() % 20
        let requests: [SupervisorState] = [.learned, .learned, .learned, .fallback, .safe]
        return TickInput(
            tick: tick, timeNanoseconds: time, missedPeriods: missed,
            reading: draw == 0
                ? nil : Reading(value: value(), timeNanoseconds: times[random.uniform(0...8)]),
            readFault: draw == 1 ? .malformed : nil,
            actuatorFault: draw < 4 ? .readBackMismatch : nil, target: value(),
            requested: tick % 50 < 30 ? .learned : requests[random.uniform(0...4)],
            manual: random.next() % 8 == 0 ? value() : nil,
            experiment: tick % 100 < 60 ? experiment(&random, number: tick / 20) : nil,
            drills: UInt8(random.uniform(0...3)))
    }

    /// An experiment of any values, now and then another one under the same number.
    private static func experiment(_ random: inout SplitMix64, number: UInt64) -> Experiment {
        func number16() -> Q16_16 { Q16_16(bits: Int32(truncatingIfNeeded: random.next())) }
        var experiment = Experiment()
        experiment.rawKind = UInt8(random.uniform(1...2))
        experiment.number = UInt32(number)
        experiment.amplitude = Q16_16(bits: number16().bits >> Int32(random.uniform(0...31)))
        experiment.hysteresis = number16()
        experiment.settleTicks = UInt32(random.uniform(0...9))
        experiment.limitTicks = UInt32(random.uniform(0...99))
        experiment.switches = UInt16(random.uniform(0...5))
        experiment.low = number16()
        experiment.high = number16()
        experiment.slope = random.next() % 2 == 0 ? Q16_16(bits: .max) : number16()
        experiment.slopeTicks = UInt32(random.uniform(0...9))
        return experiment
    }

    @Test(
        "the output is in range, and is the safe level whenever the loop is safe",
        arguments: seeds)
    func invariants(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let bench = try Self.bench(&random)
        let loop = bench.instance.loop.parameters
        var time: UInt64 = 1 << 40
        var acting = 0
        var before = loop.outputRange.fraction(of: loop.safeLevel)
        for tick in 0..<UInt64(Self.ticks) {
            let isLate = random.next() % 16 == 0
            let missed = isLate ? UInt32(truncatingIfNeeded: random.next()) >> 20 : 0
            time += LoopBench.period * (1 + UInt64(missed))
            let input = Self.input(&random, bench, tick: tick, time: time, missed: missed)
            let record = bench.instance.loop.step(input)
            #expect(loop.outputRange.contains(record.output), "seed \(seed) tick \(tick)")
            let hasExpired = missed > 0 && missed + 1 >= loop.supervisor.actuatorFaultTicks
            let origin = hasExpired ? loop.outputRange.fraction(of: loop.safeLevel) : before
            let moved = (Int64(record.applied.bits) - Int64(origin.bits)).magnitude
            before = record.applied
            guard record.lawState != .safe else {
                #expect(record.output == loop.safeLevel, "seed \(seed) tick \(tick)")
                continue
            }
            acting += 1
            #expect(record.estimateAgeTicks <= loop.supervisor.bridgeTicks)
            #expect(record.latched == 0 && input.requested != .safe)
            #expect(moved <= UInt64(loop.slewPerTick), "seed \(seed) tick \(tick)")
        }
        #expect(acting > 0 || seed % 8 != 0, "no law ever acted")
    }

    @Test("a replay of its records gives the same records, bit for bit", arguments: seeds)
    func replay(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let bench = try Self.bench(&random)
        var again = SplitMix64(seed: seed)
        let second = try Self.bench(&again)
        var time: UInt64 = 1 << 40
        for tick in 0..<UInt64(Self.ticks) {
            let missed: UInt32 = random.next() % 16 == 0 ? 3 : 0
            time += LoopBench.period * (1 + UInt64(missed))
            let input = Self.input(&random, bench, tick: tick, time: time, missed: missed)
            let record = bench.instance.loop.step(input)
            let replayed = try #require(TickInput(replaying: record))
            #expect(second.instance.loop.step(replayed) == record, "seed \(seed) tick \(tick)")
        }
    }

    @Test("a record with raw values of another program is not replayed")
    func foreignRecord() {
        for change in [
            { $0.requestedState = 3 }, { $0.readFault = 6 }, { $0.actuatorFault = 5 },
            { $0.isManual = 2 }, { $0.experiment.rawKind = 3 }, { $0.experiment.number = 1 },
        ] as [@Sendable (inout TickRecord) -> Void] {
            var record = TickRecord()
            #expect(TickInput(replaying: record) != nil)
            change(&record)
            #expect(TickInput(replaying: record) == nil)
        }
    }
}
