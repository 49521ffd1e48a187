// One controller of the core on a simulated heater, all in integers: sensor, tracker, network, PID, supervisor, limiter,
// record. Everything by chance comes from the seed, also the weights.
import Control
import FixedPoint
import GatedMemory

/// xorshift64: Marsaglia, "Xorshift RNGs", 2003.
struct Chance {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    /// One time in so many.
    mutating func happens(oneIn count: UInt64) -> Bool { next() % count == 0 }

    mutating func within(_ size: Int64) -> Int64 {
        Int64(truncatingIfNeeded: next() % UInt64(2 * size + 1)) - size
    }
}

/// A first-order heater, 60 C at full power, with noise, a sensor that fails at times, and an actuator that does.
struct Heater: Sensor, Actuator {
    var chance: Chance
    var celsius: Int64 = 20 << 16
    var level: Int64 = 0
    var timeNanoseconds: UInt64 = 0
    var silentTicks = 0

    mutating func advance() {
        timeNanoseconds += 1_000_000_000
        celsius += ((20 << 16) + level * 6 / 10 - celsius) / 20
        if silentTicks > 0 { silentTicks -= 1 }
        if chance.happens(oneIn: 60) { silentTicks = Int(chance.next() % 9) }
    }

    mutating func read() throws(SensorFault) -> Reading {
        if silentTicks > 0 { throw .stale }
        // Now and then a jump that no heater makes, within the limits.
        let value = chance.happens(oneIn: 90) ? (40 << 16) + chance.within(35 << 16) : celsius
        return Reading(
            value: Q16_16(bits: Int32(truncatingIfNeeded: value + chance.within(1 << 13))),
            timeNanoseconds: timeNanoseconds)
    }

    mutating func drive(_ output: Q16_16) throws(ActuatorFault) {
        if chance.happens(oneIn: 400) { throw .unacknowledged }
        level = Int64(output.bits)
    }
}

let units = 16
let inputs = 4
let rows = 64
let columns = 20

/// A network of 4 inputs, 16 units and 2 outputs.
func network(_ chance: inout Chance, in arena: inout Arena) -> LSTM? {
    var weights = InlineArray<1280, Int16>(repeating: 0)
    var biases = InlineArray<64, Int32>(repeating: 0)
    var exponents = InlineArray<64, Int8>(repeating: 0)
    var outputWeights = InlineArray<32, Int16>(repeating: 0)
    var outputBiases = InlineArray<2, Int32>(repeating: 0)
    var outputExponents = InlineArray<2, Int8>(repeating: 0)
    for index in 0..<rows * columns { weights[index] = Int16(chance.within(3_000)) }
    for index in 0..<rows {
        biases[index] = Int32(chance.within(1 << 26))
        exponents[index] = Int8(11 + chance.next() % 4)
    }
    for index in 0..<2 * units { outputWeights[index] = Int16(chance.within(2_000)) }
    for index in 0..<2 {
        outputBiases[index] = 0
        outputExponents[index] = 14
    }
    guard let shape = LSTMShape(inputs: inputs, units: units, outputs: 2) else { return nil }
    return try? LSTM(
        shape: shape, format: .q4_27, weights: weights.span, biases: biases.span,
        exponents: exponents.span, outputWeights: outputWeights.span,
        outputBiases: outputBiases.span, outputExponents: outputExponents.span, arena: &arena)
}

func gain(_ numerator: Int32, over powerOfTwo: Int) -> Gain {
    Gain(mantissa: numerator << 16, shift: powerOfTwo + 16) ?? .zero
}

func loop(_ chance: inout Chance, in arena: inout Arena) -> ControlLoop? {
    guard let lstm = network(&chance, in: &arena),
        let span = EngineeringRange(low: Q16_16(bits: 0), high: Q16_16(bits: 120 << 16)),
        let output = EngineeringRange(low: Q16_16(bits: 0), high: Q16_16(bits: 100 << 16))
    else { return nil }
    let features: InlineArray<4, Feature> = [
        Feature(source: .error, gain: gain(3, over: 1)),
        Feature(source: .measurementChange, gain: gain(8, over: 1)),
        Feature(source: .setpointChange, gain: gain(8, over: 1)),
        Feature(source: .commandChange, gain: gain(2, over: 1)),
    ]
    let law = LearnedLaw(
        network: lstm, features: features.span,
        parameters: LearnedLawParameters(
            integralScale: gain(1, over: 2), integralGate: Gate(clamping: 1 << 27),
            trackingGate: Gate(clamping: 1 << 28), setpointGain: gain(-1, over: 2),
            setpointReach: Q3_28(bits: 1 << 28), envelopeLow: Q3_28(bits: -1 << 28),
            envelopeHigh: Q3_28(bits: 2 << 28)),
        arena: &arena)
    let parameters = LoopParameters(
        index: 0, measurementRange: span, limitLow: Q16_16(bits: -5 << 16),
        limitHigh: Q16_16(bits: 90 << 16), maxRatePerSecond: Q16_16(bits: 20 << 16),
        maxAgeNanoseconds: 3_000_000_000, outputRange: output, safeLevel: Q16_16(bits: 0),
        slewPerTick: 1 << 27, rampPerTick: 1 << 24,
        pid: PIDParameters(
            proportional: gain(3, over: 1), integral: gain(3, over: 6),
            derivative: gain(1, over: 1), derivativeFilter: gain(1, over: 1),
            measurementFilter: gain(1, over: 0), setpointWeight: gain(3, over: 2),
            tracking: gain(3, over: 6)),
        supervisor: SupervisorLimits(
            bridgeTicks: 3, recoverTicks: 5, retryTicks: 10, actuatorFaultTicks: 2,
            implausibleTicks: 3, overrunTicks: 0, overrunWindowTicks: 1),
        holdsOnOverrun: false)
    return ControlLoop(parameters: parameters, law: law)
}

/// Runs so many ticks in the block, and gives every number that was decided. False: it could not begin.
@_cdecl("flyball_core_run")
public func run(
    _ block: UnsafeMutableRawPointer, _ byteCount: Int, _ seed: UInt64, _ ticks: Int,
    _ emit: @convention(c) (Int64) -> Void
) -> Bool {
    var chance = Chance(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
    var arena = unsafe Arena(unsafeBlock: block, byteCount: byteCount)
    guard var loop = loop(&chance, in: &arena) else { return false }
    var sensor = Heater(chance: chance)
    var actuator = sensor
    var target = Q16_16(bits: 50 << 16)
    var requested = SupervisorState.learned
    for tick in 0..<UInt64(ticks) {
        if chance.happens(oneIn: 150) {
            target = Q16_16(bits: Int32(truncatingIfNeeded: (50 << 16) + chance.within(25 << 16)))
        }
        if chance.happens(oneIn: 200) { requested = requested == .learned ? .fallback : .learned }
        sensor.level = actuator.level
        sensor.advance()
        let input = TickInput(
            tick: tick, timeNanoseconds: sensor.timeNanoseconds, missedPeriods: 0, reading: nil,
            readFault: nil, actuatorFault: nil, target: target, requested: requested)
        let record = loop.tick(input, sensor: &sensor, actuator: &actuator)
        emit(Int64(record.reading.bits))
        emit(
            Int64(record.sensorFault) << 24 | Int64(record.state) << 16 | Int64(record.cause) << 8
                | Int64(record.latched) << 4 | Int64(record.source))
        emit(Int64(record.estimateAgeTicks))
        emit(Int64(record.estimate.bits))
        emit(Int64(record.setpoint.bits))
        emit(Int64(record.pidCommand.bits))
        emit(Int64(record.learnedCommand.bits))
        emit(Int64(record.applied.bits))
        emit(Int64(record.output.bits))
        emit(Int64(record.integrator.bits))
        emit(
            Int64(record.inputGate) << 32 | Int64(record.forgetGate) << 16
                | Int64(record.outputGate))
        emit(Int64(record.saturations))
    }
    return true
}
