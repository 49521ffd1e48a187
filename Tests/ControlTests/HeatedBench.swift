import Control
import FixedPoint
import ModelFile
import Testing

/// A loop around a first-order heater: 1 C for each percent above 20 C, 20 ticks of lag, with one
/// tick from the command to its first effect.
struct HeatedBench {
    static let ambient = 20.0
    static let lagTicks = 20.0

    var bench: LoopBench
    var temperature = HeatedBench.ambient
    private var command = 0.0

    /// A loop that has settled at 50 C under its law.
    init(_ law: SupervisorState = .fallback, change: (inout LoopParameters) -> Void = { _ in })
        throws
    {
        bench = try LoopBench(
            law, gains: PIDParameters(kp: 1.5, ki: 0.05, tracking: 0.05), change: change)
        run(400)
    }

    @discardableResult
    mutating func tick(missed: UInt32 = 0) -> TickRecord {
        let record = bench.tick(temperature, missed: missed)
        heat(record, ticks: 1 + Int(missed))
        return record
    }

    /// One tick in which the sensor says what it said before, or throws.
    @discardableResult
    mutating func tickWithoutReading() -> TickRecord {
        let record = bench.tick()
        heat(record, ticks: 1)
        return record
    }

    mutating func heat(_ record: TickRecord, ticks: Int) {
        for _ in 0..<ticks {
            temperature += (Self.ambient + command - temperature) / Self.lagTicks
            command = record.output.doubleValue
        }
    }

    @discardableResult
    mutating func run(_ ticks: Int) -> [TickRecord] {
        (0..<ticks).map { _ in tick() }
    }

    /// A step of 20 % after 10 ticks, for 60 in all, within 25 to 85 C and 5 C in 5 ticks.
    static func step(_ percent: Double = 20, number: UInt32 = 1) -> Experiment {
        var step = Experiment()
        step.rawKind = ExperimentKind.step.rawValue
        step.number = number
        step.amplitude = Q16_16(percent) ?? Q16_16(bits: 0)
        step.settleTicks = 10
        step.limitTicks = 60
        step.low = Q16_16(bits: 25 << 16)
        step.high = Q16_16(bits: 85 << 16)
        step.slope = Q16_16(bits: 6 << 16)
        step.slopeTicks = 5
        return step
    }

    /// A relay of 15 % with a dead band of 1 C, for 5 switches upward within 200 ticks.
    static func relay(_ percent: Double = 15, number: UInt32 = 1) -> Experiment {
        var relay = step(percent, number: number)
        relay.rawKind = ExperimentKind.relay.rawValue
        relay.hysteresis = Q16_16(bits: 1 << 15)
        relay.limitTicks = 200
        relay.switches = 5
        return relay
    }
}
