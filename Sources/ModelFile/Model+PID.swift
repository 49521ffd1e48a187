package import Control
import FixedPoint
import GatedMemory
import Glibc

extension Model {
    /// A learned law that is a PID: its weights are written down, not trained.
    ///
    /// The integrator is the integrator cell, which also holds the setpoint's weight. A unit with its
    /// input gate open and its forget gate shut passes the error on; one whose gates share
    /// `Ts / (Tf + Ts)` is the derivative filter. Small-signal gains are exact to 1 %, commands to
    /// 2.5e-4 of the output range, the worth of half a unit of a hidden value. The squashing
    /// functions bend the parts beyond: by 1 % at a proportional part of twice the output range, by
    /// 4 % at four times that, where they are full; there the integral stops growing too, and a
    /// setpoint weight has nothing more to take back.
    ///
    /// - Parameters:
    ///   - gains: per tick and normalised, as the fixed-point PID takes them.
    ///   - periodSeconds: recorded in the description.
    package init(pid gains: PIDParameters, periodSeconds: Double) throws(ModelFault) {
        guard gains.measurementFilter.doubleValue == 1 else {
            throw .illegalValue(
                key: "pid", found: "a filter on the measurement", allowed: "none: filter_s = 0")
        }
        let builder = PIDNetwork(gains)
        guard builder.ki != 0 || builder.setpointGain.magnitude <= PIDNetwork.setpointLimit else {
            throw .illegalValue(
                key: "pid", found: "kp (1 - b) of \(builder.setpointGain.magnitude) without ti_s",
                allowed: "at most \(PIDNetwork.setpointLimit) output ranges per span: b closer to "
                    + "1, or integral action")
        }
        guard
            let shape = LSTMShape(inputs: 2, units: PIDNetwork.units, outputs: 1),
            let rows = builder.rows(), let output = builder.outputRow(),
            let features = builder.features(),
            let integralScale = Gain(builder.integralScale),
            let setpointGain = Gain(builder.setpointGain),
            let setpointReach = Q3_28(builder.setpointReach), let low = Q3_28(-1),
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
                trackingGate: Gate(gains.tracking.doubleValue), setpointGain: setpointGain,
                setpointReach: setpointReach, envelopeLow: low, envelopeHigh: high),
            description: ModelDescription(
                origin: "constructed from PID gains", family: "any plant that the PID controls",
                periodSeconds: periodSeconds,
                certificate: ModelDescription.constructedCertificate))
    }
}

/// The weights of a network that computes the proportional and derivative parts of a PID.
private struct PIDNetwork {
    /// Proportional, derivative.
    static let units = 2
    /// A pre-activation of 16 opens a gate exactly, -16 shuts it exactly.
    static let open = 16.0
    static let shut = -16.0
    /// Slope into tanh: small enough to be linear, large enough for 16 bits.
    static let slope = 0.25
    /// Parts, as multiples of the output range, at which an input is full, at most.
    static let largestReach = 4.0
    static let smallestReach = 0x1p-10
    /// What the setpoint may move an integrator that nothing corrects, whose format ends at 8
    /// ranges; one of them is for where it begins.
    static let setpointLimit = 7.0

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

    /// What the setpoint weight takes back of the proportional part, per span of the setpoint.
    var setpointGain: Double { kp * (weight - 1) }

    /// The error that fills the proportional part. Beyond it a step of the setpoint moves nothing
    /// there, and nothing is to be taken back. Without integral action nothing would make up for
    /// what is left out: there the weight has no bound but the format's.
    var setpointReach: Double {
        ki == 0 ? 7.99 : min(max(proportionalReach / kp.magnitude, 0x1p-28), 7.99)
    }

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
            let change = Gain(kd / derivativeReach)
        else { return nil }
        return [
            Feature(source: .error, gain: error),
            Feature(source: .measurementChange, gain: change),
        ]
    }

    /// Gate rows have no weights, only biases; candidate rows pick one input each.
    func rows() -> [QuantisedRow]? {
        let leak = filter >= 1 ? Self.open : log(filter / (1 - filter))
        let share = max(leak, Self.shut)
        let inputGates = [Self.open, share]
        let forgetGates = [Self.shut, -share]
        let outputGates = [Self.open, Self.open]
        var rows: [QuantisedRow] = []
        for bias in inputGates + forgetGates + outputGates {
            guard let row = row([0, 0], bias: bias) else { return nil }
            rows.append(row)
        }
        for unit in 0..<Self.units {
            var inputs = [0.0, 0.0]
            inputs[unit] = Self.slope
            guard let row = row(inputs, bias: 0) else { return nil }
            rows.append(row)
        }
        return rows
    }

    func outputRow() -> QuantisedRow? {
        QuantisedRow(
            weights: [proportionalReach / Self.slope, -derivativeReach / Self.slope], bias: 0)
    }

    private func row(_ inputs: [Double], bias: Double) -> QuantisedRow? {
        let hidden = [Double](repeating: 0, count: Self.units)
        return QuantisedRow(weights: inputs + hidden, bias: bias)
    }
}
