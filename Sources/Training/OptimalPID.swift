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

    /// - Parameter report: is given the generation and the best cost so far.
    package static func search(
        _ family: PlantFamily, seed: UInt64, report: (_ generation: Int, _ cost: Double) -> Void
    ) throws -> SamplePIDGains {
        var generator = EpisodeGenerator(family, seed: seed, stream: 11)
        let episodes = try generator.test(.steps, blocks: blocks)
        let space = try PIDSearch(family)
        let dimension = PIDSearch.dimension
        var strategy = CMAES(
            start: [Double](repeating: 0, count: dimension),
            deviations: [Double](repeating: firstStep, count: dimension),
            population: population, seed: seed)
        for generation in 0..<generations {
            let costs = Parallel.map(strategy.sample()) { point in
                let gains = LanePIDGains(space.gains(at: point))
                return episodes.reduce(0.0) { sum, block in
                    var pid = LanePID(gains)
                    return sum + Rollout.run(block, &pid).total.total
                }
            }
            strategy.update(costs: costs)
            report(generation, strategy.bestCost / Double(blocks * Lanes.scalarCount))
        }
        return space.gains(at: strategy.best)
    }
}
