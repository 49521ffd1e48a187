package import Episodes
package import Tuning

extension LoopMargins {
    /// Of the seven-parameter PID on the nominal linear plant of a family, both as they sample.
    package init(_ gains: SamplePIDGains, on family: PlantFamily) {
        let chain = family.linearised
        let process = SampledStateSpace(
            chain.stateSpace, deadTimeSeconds: chain.deadTime,
            periodSeconds: family.periodSeconds)
        let integral = gains.integral > 0 ? gains.proportional / gains.integral : 1
        self.init(
            sampled: process, periodSeconds: family.periodSeconds,
            originPoles: (chain.isIntegrating ? 1 : 0) + (gains.integral != 0 ? 1 : 0),
            slowestSeconds: chain.residenceTime + integral * family.periodSeconds
        ) { family.commandSpan * gains.response(at: $0) }
    }
}

extension SamplePIDGains {
    /// From measurement to command, sign turned, at `angle` in radians a sample: `LanePID` in the z
    /// domain, without its limits.
    package func response(at angle: Double) -> Complex {
        let delay = Complex(magnitude: 1, phase: -angle)
        func lag(_ samples: Double) -> Complex {
            let pole = samples / (1 + samples)
            return Complex(1 - pole) / (Complex(1) - pole * delay)
        }
        let change = Complex(1) - delay
        var sum = Complex(proportional)
        if integral != 0 { sum = sum + Complex(integral) / change }
        if derivative != 0 {
            sum = sum + derivative * (change * lag(derivativeFilterSamples))
        }
        return sum * lag(measurementFilterSamples)
    }
}
