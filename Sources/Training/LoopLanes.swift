import Control
package import Episodes
import FixedPoint
package import GatedMemory
package import ModelFile

/// The product's own loop in sixteen episodes: `ControlLoop` with its supervisor and its integers,
/// one for each lane, as the daemon runs it.
///
/// A class, since a loop cannot be copied: a copy of this goes on with the same loops.
package final class LoopLanes: LaneLaw {
    private let model: Model?
    private let pid: PIDParameters
    private var loops: [ControllerInstance] = []
    private var tick: UInt64 = 0
    /// Ticks in which another law acted than the one asked for.
    package private(set) var strayTicks = 0
    /// Integrators after the last tick, in parts of the output range.
    package private(set) var integrators = Lanes.zero
    /// What each loop's supervisor decided in the latest tick: raw values of `SupervisorState`.
    package private(set) var states = [UInt8](repeating: 0, count: Lanes.scalarCount)

    /// The span of the loops' sensor: fine enough for Q16.16, below its end.
    private static let span = 1_000.0
    private static let period: UInt64 = 1_000_000_000

    /// A learned law, with a PID to fall back on.
    package init(_ model: Model, fallback: SamplePIDGains) throws(ModelFault) {
        self.model = model
        pid = try PIDParameters(fallback)
    }

    /// A PID alone, in the product's arithmetic.
    package init(_ gains: SamplePIDGains) throws(ModelFault) {
        model = nil
        pid = try PIDParameters(gains)
    }

    package func start(output: Lanes, command: Lanes) {
        tick = 0
        loops = (0..<Lanes.scalarCount).map { lane in
            let parameters = Self.parameters(start: Double(command[lane]), pid: pid)
            // The model was laid out when this was made: it cannot fail now.
            guard let loop = try? ControllerInstance(parameters: parameters, model: model) else {
                preconditionFailure("a model that was checked cannot be laid out")
            }
            return loop
        }
    }

    package func command(setpoint: Lanes, measurement: Lanes) -> Lanes {
        let time = (tick + 1) * Self.period
        var result = Lanes.zero
        let requested = model == nil ? SupervisorState.fallback : .learned
        for (lane, instance) in loops.enumerated() {
            let record = instance.loop.step(
                TickInput(
                    tick: tick, timeNanoseconds: time, missedPeriods: 0,
                    reading: Reading(
                        value: Self.reading(measurement[lane]), timeNanoseconds: time),
                    readFault: nil, actuatorFault: nil, target: Self.reading(setpoint[lane]),
                    requested: requested))
            result[lane] = Float(record.applied.doubleValue)
            integrators[lane] = Float(record.integrator.doubleValue)
            if record.state != requested.rawValue { strayTicks += 1 }
            states[lane] = record.state
        }
        tick += 1
        return result
    }

    /// What the gates of a unit did in the last tick of a lane; `nil` before the first, or without a
    /// model.
    package func gates(lane: Int, unit: Int) -> UnitGates? {
        loops.isEmpty ? nil : loops[lane].loop.gates(unit)
    }

    /// A part of the span in the loops' unit, within what Q16.16 holds.
    private static func reading(_ part: Float) -> Q16_16 {
        let value = min(max(Double(part) * span, -30_000), 30_000)
        return Q16_16(value) ?? Q16_16(bits: 0)
    }

    private static func parameters(start: Double, pid: PIDParameters) -> LoopParameters {
        guard
            let measurement = EngineeringRange(
                low: Q16_16(bits: 0), high: reading(1)),
            let output = EngineeringRange(low: Q16_16(bits: 0), high: reading(1)),
            let level = Q16_16(min(max(start, 0), 1) * span)
        else { preconditionFailure("constant ranges") }
        return LoopParameters(
            index: 0, measurementRange: measurement, limitLow: reading(-20),
            limitHigh: reading(20), maxRatePerSecond: reading(20),
            maxAgeNanoseconds: Self.period, outputRange: output, safeLevel: level,
            slewPerTick: Q3_28.one.bits, rampPerTick: 0, pid: pid,
            supervisor: SupervisorLimits(
                bridgeTicks: 100, recoverTicks: 1, retryTicks: 10, actuatorFaultTicks: 1,
                implausibleTicks: 3, overrunTicks: 0, overrunWindowTicks: 1),
            holdsOnOverrun: false)
    }
}

extension PIDParameters {
    /// Per-sample gains in the product's integers.
    init(_ gains: SamplePIDGains) throws(ModelFault) {
        func share(_ samples: Double) -> Double { 1 / (1 + samples) }
        guard let proportional = Gain(gains.proportional), let integral = Gain(gains.integral),
            let derivative = Gain(gains.derivative),
            let derivativeFilter = Gain(share(gains.derivativeFilterSamples)),
            let measurementFilter = Gain(share(gains.measurementFilterSamples)),
            let setpointWeight = Gain(gains.setpointWeight), let tracking = Gain(gains.tracking)
        else {
            throw .illegalValue(key: "pid", found: "\(gains)", allowed: "gains below 2^14")
        }
        self.init(
            proportional: proportional, integral: integral, derivative: derivative,
            derivativeFilter: derivativeFilter, measurementFilter: measurementFilter,
            setpointWeight: setpointWeight, tracking: tracking)
    }
}
