import Control
package import FixedPoint

extension Model {
    /// A conditioned model cannot run before it has been told its process.
    package var isConditional: Bool { !scales.isEmpty }

    /// The law for one process at a sample time, from a model that was trained for all of them.
    ///
    /// Gains of the features and of the integrator are scaled by rule, and the features that speak
    /// of the process are set; the weights stay as they are. A process with a negative gain gets the
    /// law of its mirror image: command and integrator with the sign reversed.
    ///
    /// - Throws: when a gain does not fit its format, or this is no conditional model.
    package func conditioned(
        on process: IdentifiedProcess, periodSeconds: Double
    ) throws(ModelFault) -> Model {
        var result = try conditioned(on: process.coordinates(periodSeconds: periodSeconds))
        result.description.periodSeconds = periodSeconds
        guard process.gain < 0 else { return result }
        return result.mirrored
    }

    package func conditioned(on coordinates: ProcessCoordinates) throws(ModelFault) -> Model {
        guard isConditional else {
            throw .illegalValue(
                key: "feature_scales", found: "none", allowed: "a conditional model")
        }
        var result = self
        result.scales = []
        for (index, feature) in features.enumerated() {
            let value = feature.gain.doubleValue * scales[index].value(coordinates)
            guard let gain = Gain(value) else {
                throw .illegalValue(
                    key: "features", found: "a gain of \(value)", allowed: "below 2^14")
            }
            result.features[index] = Feature(source: feature.source, gain: gain)
        }
        let integral =
            law.integralScale.doubleValue * law.integralGate.doubleValue
            * coordinates.integralGain
        guard let (scale, gate) = LearnedLawParameters.integral(integral) else {
            throw .illegalValue(
                key: "integral", found: "\(integral)", allowed: "an integral gain below 2^13")
        }
        result.law.integralScale = scale
        result.law.integralGate = gate
        if let certificate = ProcessCertificate(json: description.certificate) {
            result.description.certificate = certificate.narrowed(to: coordinates)
        }
        return result
    }

    /// Whether more command makes less output on the process that it was made for.
    package var isMirrored: Bool { law.integralScale.mantissa < 0 }

    /// The same law for a process whose output falls when the command rises: command and integrator
    /// with the sign reversed.
    package var mirrored: Model {
        var result = self
        for (index, feature) in features.enumerated() {
            switch feature.source {
            case .command, .commandChange:
                result.features[index] = Feature(
                    source: feature.source, gain: feature.gain.negated)
            default: break
            }
        }
        result.outputRows[0] = outputRows[0].negated
        result.law.integralScale = law.integralScale.negated
        result.law.setpointGain = law.setpointGain.negated
        return result
    }
}

extension LearnedLawParameters {
    /// An integral gain a tick as scale and gate; the gate is at most 1, what is above goes into a
    /// power of two before it. `nil` when it is too large.
    package static func integral(_ gain: Double) -> (scale: Gain, gate: Gate)? {
        var scale = 1.0
        while gain > scale { scale *= 2 }
        return Gain(scale).map { ($0, Gate(gain / scale)) }
    }
}
