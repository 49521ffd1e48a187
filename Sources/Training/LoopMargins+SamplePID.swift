package import Episodes
import Glibc
package import Tuning

extension LoopMargins {
    /// Of the seven-parameter PID on the nominal linear plant of a family, both as they sample.
    package init(_ gains: SamplePIDGains, on family: PlantFamily) {
        let chain = family.linearised
        let process = SampledStateSpace(
            chain.stateSpace, deadTimeSeconds: chain.deadTime,
            periodSeconds: family.periodSeconds)
        self.init(gains, on: process, family)
    }

    /// The same with the plant at hand: it does not change from one PID to the next.
    package init(_ gains: SamplePIDGains, on process: SampledStateSpace, _ family: PlantFamily) {
        let integral = gains.integral > 0 ? gains.proportional / gains.integral : 1
        let slowest = family.linearised.residenceTime + integral * family.periodSeconds
        self.init(
            sampled: process, periodSeconds: family.periodSeconds,
            originPoles: (family.linearised.isIntegrating ? 1 : 0) + (gains.integral != 0 ? 1 : 0),
            slowestSeconds: slowest
        ) { family.commandSpan * gains.response(at: $0) }
    }
}

extension SamplePIDGains {
    /// From measurement to command, sign turned, at an angle in radians a sample: `LanePID`'s
    /// equations without their limits.
    package func response(at angle: Double) -> Complex {
        let delay = Complex(magnitude: 1, phase: -angle)
        let change = Complex(1) - delay
        func filter(_ samples: Double) -> Complex {
            let pole = samples / (1 + samples)
            return Complex(1 - pole) / (Complex(1) - pole * delay)
        }
        var sum = Complex(proportional)
        if integral != 0 { sum = sum + Complex(integral) / change }
        if derivative != 0 {
            sum = sum + derivative * (change * filter(derivativeFilterSamples))
        }
        return filter(measurementFilterSamples) * sum
    }
}
