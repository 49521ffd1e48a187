import Episodes
import ModelFile

extension ProcessCoordinates {
    /// What a step test without noise finds on the nominal plant of a family.
    init(_ family: PlantFamily) {
        let period = family.periodSeconds
        var chain = family.linearised
        // The step response of a lone lag with a zero jumps; the zero is then dead time or nothing.
        if chain.lags.count < 2, chain.pair == nil {
            chain.deadTime += max(0, -chain.zero)
            chain.zero = 0
        }
        chain.lags = chain.lags.map { $0 / period }
        chain.deadTime /= period
        chain.zero /= period
        chain.pair?.time /= period
        let times = chain.stepTimes(StepTimes.shares)
        let gain = chain.gain * family.commandSpan
        self.init(
            gain: chain.isIntegrating ? gain * period : gain,
            times: StepTimes(tenth: times[0], early: times[1], main: times[2], late: times[3]),
            isIntegrating: chain.isIntegrating)
    }
}
