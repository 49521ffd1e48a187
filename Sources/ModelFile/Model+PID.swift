package import Control
import FixedPoint
import Foundation
import GatedMemory

extension Model {
    /// A learned law that is a PID: its weights are written down, not trained.
    ///
    /// The integrator is the integrator cell. A unit with its input gate open and its forget gate
    /// shut passes the error on; one whose gates share `Ts / (Tf + Ts)` is the derivative filter; a
    /// third carries the setpoint weight. Small-signal gains are exact to 1 %, commands to 2.5e-4
    /// of the output range, the worth of half a unit of a hidden value. The squashing functions
    /// bend the parts beyond: by 1 % at a proportional part of twice the output range, by 4 % at
    /// four times that, where they are full; there the integral stops growing too.
    ///
    /// - Parameters:
    ///   - gains: per tick and normalised, as the fixed-point PID takes them.
    ///   - periodSeconds: recorded in the description.
    package init(pid gains: PIDParameters, periodSeconds: Double) throws(ModelFault) {
        let builder = PIDNetwork(gains)
        guard builder.setpointSpan <= PIDNetwork.setpointLimit else {
            throw .illegalValue(
                key: "pid", found: "kp (1 - b) of \(builder.setpointSpan)",
                allowed: "at most \(PIDNetwork.setpointLimit) output ranges per span: b closer to 1"
            )
        }
        guard
            let shape = LSTMShape(inputs: 3, units: PIDNetwork.units, outputs: 1),
            let rows = builder.rows(), let output = builder.outputRow(),
            let features = builder.features(),
            let integralScale = Gain(builder.integralScale), let low = Q3_28(-1),
            let high = Q3_28(2)
        else {
            throw .illegalValue(
                key: "pid", found: "gains of \(gains.proportional.doubleValue)",
                allowed: "gains below 2^13 in units of output range per span")
        }
        self.init(
            shape: shape, format: .q4_27, rows: rows, outputRows: [output],
            features: features,
            law: LearnedLawParameters(
                integralScale: integralScale,
                integralGate: Gate(gains.integral.doubleValue / builder.integralScale),
                trackingGate: Gate(gains.tracking.doubleValue), envelopeLow: low,
                envelopeHigh: high),
            description: ModelDescription(
                origin: "constructed from PID gains", family: "any plant that the PID controls",
                periodSeconds: periodSeconds))
    }
}

/// The weights of a network that computes the proportional and derivative parts of a PID.
private struct PIDNetwork {
    /// Proportional, derivative, setpoint weight.
    static let units = 3
    /// A pre-activation of 16 opens a gate exactly, -16 shuts it exactly.
    static let open = 16.0
    static let shut = -16.0
    /// Slope into tanh: small enough to be linear, large enough for 16 bits.
    static let slope = 0.25
    /// The same for the setpoint weight, which is to be linear over the whole span.
    static let setpointSlope = 0.0625
    /// Parts, as multiples of the output range, at which an input is full, at most.
    static let largestReach = 4.0
    static let smallestReach = 0x1p-10
    /// What the setpoint weight may ask of the output, whose format ends at 8 ranges.
    static let setpointLimit = 8.0

    let kp: Double
    let kd: Double
    let filter: Double
    let weight: Double
    let ki: Double

    init(_ gains: PIDParameters) {
        kp = gains.proportional.doubleValue
        kd = gains.derivative.doubleValue
        filter = min(max(gains.derivativeFilter.doubleValue, 0), 1)
        weight = gains.setpointWeight.doubleValue
        ki = gains.integral.doubleValue
    }

    /// The largest proportional part: of an error of two spans, where gains are small.
    var proportionalReach: Double {
        min(max(2 * kp.magnitude, Self.smallestReach), Self.largestReach)
    }

    /// The largest derivative part: of a quarter of the span a tick, where gains are small.
    var derivativeReach: Double {
        min(max(kd.magnitude / 4, Self.smallestReach), Self.largestReach)
    }

    /// How far the setpoint weight moves the command when the setpoint crosses its span.
    var setpointSpan: Double { (kp * (1 - weight)).magnitude }

    /// A power of two with the sign of the integral gain, whose share the gate lets in.
    ///
    /// Not below the gain, and large enough that an error which fills the proportional part fills
    /// the integral's candidate: one without the other would wind up. Where that leaves the gate
    /// fewer than eight bits it is smaller, down to 1/8, below which errors would lose bits.
    var integralScale: Double {
        var scale = 0.125
        while scale < max(ki.magnitude, kp.magnitude / proportionalReach) { scale *= 2 }
        while scale > 0.125 && ki.magnitude < scale * 0x1p-23 { scale /= 2 }
        return ki < 0 ? -scale : scale
    }

    func features() -> [Feature]? {
        guard let error = Gain(kp / proportionalReach),
            let change = Gain(kd / derivativeReach), let setpoint = Gain(1)
        else { return nil }
        return [
            Feature(source: .error, gain: error),
            Feature(source: .measurementChange, gain: change),
            Feature(source: .setpoint, gain: setpoint),
        ]
    }

    /// Gate rows have no weights, only biases; candidate rows pick one input each.
    func rows() -> [QuantisedRow]? {
        let leak = filter >= 1 ? Self.open : log(filter / (1 - filter))
        let share = max(leak, Self.shut)
        let inputGates = [Self.open, share, Self.open]
        let forgetGates = [Self.shut, -share, Self.shut]
        let outputGates = [Self.open, Self.open, Self.open]
        var rows: [QuantisedRow] = []
        for bias in inputGates + forgetGates + outputGates {
            guard let row = row([0, 0, 0], bias: bias) else { return nil }
            rows.append(row)
        }
        for unit in 0..<Self.units {
            var inputs = [0.0, 0.0, 0.0]
            inputs[unit] = unit == 2 ? Self.setpointSlope : Self.slope
            guard let row = row(inputs, bias: 0) else { return nil }
            rows.append(row)
        }
        return rows
    }

    /// The setpoint comes in as `2 r - 1`: the weight's part is `kp (b - 1) (r - 1/2)`, and the
    /// constant that is missing is the integrator's business, or the bias's where there is none.
    func outputRow() -> QuantisedRow? {
        let setpointPart = kp * (weight - 1) / 2
        return QuantisedRow(
            weights: [
                proportionalReach / Self.slope, -derivativeReach / Self.slope,
                setpointPart / Self.setpointSlope,
            ], bias: ki == 0 ? setpointPart : 0)
    }

    private func row(_ inputs: [Double], bias: Double) -> QuantisedRow? {
        let hidden = [Double](repeating: 0, count: Self.units)
        return QuantisedRow(weights: inputs + hidden, bias: bias)
    }
}
