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
