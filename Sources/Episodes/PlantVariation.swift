/// How one plant of a family differs from the nominal one: factors, 1 for none.
package struct PlantVariation: Equatable, Sendable {
    package var gain = 1.0
    package var deadTime = 1.0
    /// One for each lag of a chain; a nonlinear plant takes the first two.
    package var lags: [Double]
    /// What a nonlinear plant has besides: surroundings, in -1 ... 1, and losses, a factor.
    package var surroundings = 0.0
    package var losses = 1.0

    package init(lagCount: Int) {
        lags = [Double](repeating: 1, count: max(2, lagCount))
    }

    /// Every factor on its own in `1 - spread ... 1 + spread`: the test family.
    package static func independent(
        lagCount: Int, spread: Double, _ random: inout EpisodeRandom
    ) -> PlantVariation {
        var result = PlantVariation(lagCount: lagCount)
        let range = (1 - spread)...(1 + spread)
        result.gain = random.uniform(range)
        result.deadTime = random.uniform(range)
        for index in result.lags.indices { result.lags[index] = random.uniform(range) }
        result.surroundings = random.uniform(-1...1)
        result.losses = random.uniform(range)
        return result
    }

    /// Gain, dead time and a time common to all lags in 0.65 ... 1.4, each lag 0.85 ... 1.15 of
    /// that: the wide family of training.
    package static func wide(
        lagCount: Int, _ random: inout EpisodeRandom
    ) -> PlantVariation {
        var result = PlantVariation(lagCount: lagCount)
        result.gain = random.uniform(0.65...1.4)
        result.deadTime = random.uniform(0.65...1.4)
        let time = random.uniform(0.65...1.4)
        for index in result.lags.indices { result.lags[index] = time * random.uniform(0.85...1.15) }
        result.surroundings = random.uniform(-1...1)
        result.losses = random.uniform(0.75...1.3)
        return result
    }

    /// A corner of the mismatch test: gain and all times scaled.
    package static func corner(
        lagCount: Int, gain: Double, time: Double
    ) -> PlantVariation {
        var result = PlantVariation(lagCount: lagCount)
        result.gain = gain
        result.deadTime = time
        for index in result.lags.indices { result.lags[index] = time }
        return result
    }
}
