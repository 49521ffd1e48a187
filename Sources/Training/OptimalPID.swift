package import Episodes
import Tuning

/// PID*: the seven parameters of a PID by CMA-ES on 160 step episodes of the test family.
///
/// What a law is compared with: the PID tuned as well as PIDs can be, on the same family and the same
/// cost.
package enum OptimalPID {
    package static let generations = 60
    private static let population = 24
    private static let blocks = 10
    private static let firstStep = 0.4
    /// Price of the sensitivity's peak beyond its limit, in parts of both: steeper than any cost
    /// falls, so that the best stays within the limit.
    private static let excessPrice = 100.0
    /// Of a loop that is unstable, whose peak says nothing.
    private static let unstableFactor = 1_000.0

    /// - Parameters:
    ///   - msLimit: largest peak of the sensitivity on the family's nominal linear plant, by exact
    ///     margins; none when not given.
    ///   - report: is given the generation and the best cost so far.
    package static func search(
        _ family: PlantFamily, seed: UInt64, msLimit: Double? = nil,
        report: (_ generation: Int, _ cost: Double) -> Void
    ) throws -> SamplePIDGains {
        var generator = EpisodeGenerator(family, seed: seed, stream: 11)
        let episodes = try generator.test(.steps, blocks: blocks)
        let space = try PIDSearch(family)
        let dimension = PIDSearch.dimension
        var strategy = CMAES(
            start: [Double](repeating: 0, count: dimension),
            deviations: [Double](repeating: firstStep, count: dimension),
            population: population, seed: seed)
        let chain = family.linearised
        let nominal = SampledStateSpace(
            chain.stateSpace, deadTimeSeconds: chain.deadTime, periodSeconds: family.periodSeconds)
        for generation in 0..<generations {
            let costs = Parallel.map(strategy.sample()) { point in
                let sample = space.gains(at: point)
                let gains = LanePIDGains(sample)
                let cost = episodes.reduce(0.0) { sum, block in
                    var pid = LanePID(gains)
                    return sum + Rollout.run(block, &pid).total.total
                }
                guard let msLimit else { return cost }
                let margins = LoopMargins(sample, on: nominal, family)
                return cost * factor(margins, msLimit)
            }
            strategy.update(costs: costs)
            report(generation, strategy.bestCost / Double(blocks * Lanes.scalarCount))
        }
        return space.gains(at: strategy.best)
    }

    private static func factor(_ margins: LoopMargins, _ limit: Double) -> Double {
        guard margins.isStable else { return unstableFactor }
        return 1 + excessPrice * max(0, margins.ms / limit - 1)
    }
}
