package import Episodes
package import Tuning

/// The search space of PID*: the seven parameters of a PID as factors of a rule's.
///
/// PID* is the PID as good as PIDs can be: its seven parameters optimised on the same family and
/// cost as a law is trained on.
package struct PIDSearch: Sendable {
    private let reference: SamplePIDGains

    /// Begins at the SIMC-PID of the family's linear model, or the PI with a derivative of its own
    /// where the rule gives none.
    package init(_ family: PlantFamily) throws(TuningFault) {
        reference = try Self.reference(family)
    }

    package static let dimension = 7

    /// Gains at a point: six logarithms and the setpoint weight's difference.
    /// - Precondition: seven coordinates.
    package func gains(at point: [Double]) -> SamplePIDGains {
        precondition(point.count == Self.dimension)
        var gains = reference
        gains.proportional *= PortableMath.exp(point[0])
        gains.integral *= PortableMath.exp(point[1])
        gains.derivative *= PortableMath.exp(point[2])
        gains.derivativeFilterSamples *= PortableMath.exp(point[3])
        gains.tracking = min(max(gains.tracking * PortableMath.exp(point[4]), 1e-3), 1)
        gains.measurementFilterSamples *= PortableMath.exp(point[5])
        gains.setpointWeight = min(max(gains.setpointWeight + point[6], 0), 1.5)
        return gains
    }

    private static func reference(
        _ family: PlantFamily
    ) throws(TuningFault) -> SamplePIDGains {
        var gains = try SamplePIDGains(.simcPID, family)
        if gains.derivative == 0 {
            let deadTime = family.linearised.deadTime / family.periodSeconds + 0.5
            gains.derivative = gains.proportional * 0.3 * deadTime
            gains.derivativeFilterSamples = max(0.06 * deadTime, 0.3)
        }
        return gains
    }
}

extension SamplePIDGains {
    /// The gains of a published rule for the family's linear model, half a period of dead time added
    /// for the hold; per sample and in parts of the ranges.
    package init(_ rule: TuningRule, _ family: PlantFamily) throws(TuningFault) {
        let isPID = rule == .simcPID || rule == .amigoPID
        let model = try family.linearised.reduced(
            order: isPID ? 2 : 1, periodSeconds: family.periodSeconds)
        self.init(try rule.gains(for: model), family)
    }

    /// From engineering gains: seconds to samples, commands in the actuator's unit to parts of its
    /// range. A third of a sample filters the derivative at least, a twentieth the measurement.
    package init(_ gains: Tuning.PIDGains, _ family: PlantFamily) {
        let period = family.periodSeconds
        let ti = gains.tiSeconds / period
        let proportional = gains.kp / family.commandSpan
        self.init(
            proportional: proportional, integral: proportional / ti, tracking: min(1, 1 / ti))
        derivative = proportional * gains.tdSeconds / period
        derivativeFilterSamples = max(gains.tdSeconds / period / 5, 0.3)
        measurementFilterSamples = 0.05
    }
}
