import Tuning

/// Processes of all kinds, drawn at random, in samples: what the generalist is trained on.
///
/// The kinds are those of the test batch of Astrom and Hagglund, their parameters drawn from ranges
/// that hold the batch's, so that none of its processes is met but by chance.
package struct ProcessPopulation: Sendable {
    private var random: EpisodeRandom
    private let fineShare: Double

    /// - Parameter fineShare: part of the self-regulating ones that are sampled finely.
    package init(seed: UInt64, stream: UInt64, fineShare: Double = 0) {
        random = EpisodeRandom(seed: seed, stream: stream)
        self.fineShare = fineShare
    }

    /// Share of integrating processes.
    private static let integratingShare = 0.2
    /// Span a sample at full command, of an integrating process.
    private static let velocity = 0.008...0.035
    private static let gains = 0.85...2.0
    /// The sample time against that which the dynamics ask for.
    private static let sampling = 0.7...1.4
    /// The same where a board has a faster tick than its process needs.
    private static let fineSampling = 0.2...0.7

    /// Whether the next sixteen integrate: they have an actuator of two directions.
    package mutating func drawIsIntegrating() -> Bool {
        random.uniform(0...1) < Self.integratingShare
    }

    /// One process, times in samples, command in the actuator's unit.
    package mutating func draw(isIntegrating: Bool) -> ChainModel {
        var chain = isIntegrating ? integrating() : selfRegulating()
        let isFine = fineShare > 0 && !isIntegrating && random.uniform(0...1) < fineShare
        let period =
            chain.samplePeriod * random.logUniform(isFine ? Self.fineSampling : Self.sampling)
        chain.lags = chain.lags.map { $0 / period }
        chain.deadTime /= period
        chain.zero /= period
        chain.pair?.time /= period
        chain.gain = random.logUniform(isIntegrating ? Self.velocity : Self.gains)
        return chain
    }

    /// Half of them have any part of their time dead, half any order of magnitude of it: short ones are
    /// many in the latter, and a dead time beside an integral is what loops hunt by.
    private mutating func integrating() -> ChainModel {
        let range = 0.01...1.0
        let isEven = random.uniform(0...1) < 0.5
        let dead = isEven ? random.uniform(range) : random.logUniform(range)
        return ChainModel(
            gain: 1, lags: dead > 0.98 ? [] : [1 - dead], deadTime: dead, isIntegrating: true)
    }

    private mutating func selfRegulating() -> ChainModel {
        let kind = random.uniform(0...1)
        if kind < 0.22 {
            return ChainModel(gain: 1, lags: [random.logUniform(0.02...1_000)], deadTime: 1)
        }
        if kind < 0.42 {
            let lag = random.logUniform(0.01...500)
            return ChainModel(
                gain: 1, lags: [lag, lag * random.uniform(0.1...1)], deadTime: 1)
        }
        if kind < 0.50 {
            let lag = random.logUniform(0.005...10)
            return ChainModel(gain: 1, lags: [1, lag, lag])
        }
        if kind < 0.62 {
            return ChainModel(
                gain: 1, lags: [Double](repeating: 1, count: random.integer(2...8)))
        }
        if kind < 0.71 {
            let a = random.uniform(0.1...0.95)
            return ChainModel(gain: 1, lags: [1, a, a * a, a * a * a])
        }
        if kind < 0.83 {
            let dead = random.logUniform(0.01...1)
            let lags = [random.logUniform(1...12)] + (dead > 0.98 ? [] : [1 - dead])
            return ChainModel(gain: 1, lags: lags, deadTime: dead)
        }
        if kind < 0.92 {
            return ChainModel(gain: 1, lags: [1, 1, 1], zero: -random.uniform(0.1...1.6))
        }
        return ChainModel(
            gain: 1, lags: [1],
            pair: ChainModel.Pair(
                time: random.uniform(0.1...1), damping: random.uniform(0.6...0.9)))
    }
}

extension ChainModel {
    /// Samples of one after which the step response (of an integrating process, its slope) has first
    /// gone each share of the way; shares in rising order, below 1.
    package func stepTimes(_ shares: [Double]) -> [Double] {
        var chain = self
        chain.isIntegrating = false
        chain.gain = 1
        chain.deadTime = 0
        guard !chain.lags.isEmpty || chain.pair != nil else {
            return shares.map { _ in deadTime }
        }
        let step = max(min(0.1, chain.residenceTime / 50), 1e-3)
        let sampled = SampledStateSpace(
            chain.stateSpace, deadTimeSeconds: 0, periodSeconds: step)
        let order = sampled.order
        var state = [Double](repeating: 0, count: order)
        var result: [Double] = []
        var (before, time) = (0.0, 0.0)
        while result.count < shares.count && time < 5_000 {
            var next = sampled.now
            for row in 0..<order {
                for column in 0..<order {
                    next[row] += sampled.transition[row, column] * state[column]
                }
            }
            state = next
            let value = (0..<order).reduce(0) { $0 + sampled.c[$1] * state[$1] }
            while result.count < shares.count && value >= shares[result.count] {
                let part = (shares[result.count] - before) / (value - before)
                result.append(deadTime + time + part * step)
            }
            before = value
            time += step
        }
        while result.count < shares.count { result.append(deadTime + time) }
        return result
    }
}
