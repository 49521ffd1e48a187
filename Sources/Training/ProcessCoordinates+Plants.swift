package import Episodes
package import ModelFile

extension ProcessCoordinates {
    /// Of a plant's own step response: what a perfect step test would find.
    package init(_ family: PlantFamily) {
        var chain = family.linearised
        let period = family.periodSeconds
        // The step response of a lone lag with a zero jumps; the zero is then dead time or nothing.
        if chain.lags.count < 2, chain.pair == nil {
            chain.deadTime += max(0, -chain.zero)
            chain.zero = 0
        }
        chain.lags = chain.lags.map { $0 / period }
        chain.deadTime /= period
        chain.zero /= period
        chain.pair?.time /= period
        if chain.isIntegrating { chain.gain *= period }
        self.init(chain, commandSpan: family.commandSpan)
    }

    /// - Parameter chain: times in samples.
    init(_ chain: ChainModel, commandSpan: Double, error: Error = Error()) {
        let times = zip(chain.stepTimes(StepTimes.shares), error.times).map(*)
        self.init(
            gain: chain.gain * commandSpan * error.gain,
            times: StepTimes(tenth: times[0], early: times[1], main: times[2], late: times[3]),
            isIntegrating: chain.isIntegrating)
    }

    /// Factors by which an identification is off.
    struct Error {
        var gain = 1.0
        var times = [1.0, 1.0, 1.0, 1.0]

        private static let range = 0.83...1.2

        init() {}

        /// Gain and time on their own, each time of the response a few percent more.
        init(_ random: inout EpisodeRandom) {
            gain = random.logUniform(Self.range)
            let common = random.logUniform(Self.range)
            for index in times.indices {
                times[index] = common * random.logUniform(0.95...1.05)
            }
        }
    }

    /// Value by value as the features of a law name them, then the integral gain.
    package static func conditions(_ lanes: [ProcessCoordinates]) -> [Lanes] {
        var result = FeatureScale.allCases.map { scale in
            var values = Lanes.zero
            for (lane, coordinates) in lanes.enumerated() {
                values[lane] = Float(scale.value(coordinates))
            }
            return values
        }
        var integrals = Lanes.zero
        for (lane, coordinates) in lanes.enumerated() {
            integrals[lane] = Float(coordinates.integralGain)
        }
        result.append(integrals)
        return result
    }
}
