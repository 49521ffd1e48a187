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
    /// Price of the sensitivity beyond its limit, in parts of the cost: a tenth too much costs as
    /// much as the whole cost, so that the best point keeps the limit.
    private static let excessPrice = 10.0
    private static let unstablePrice = 1e3
    /// By so much of itself the peak may exceed its limit: the price is finite.
    private static let tolerance = 0.01

    /// - Parameters:
    ///   - limit: of the sensitivity peak on the nominal plants; none when nil.
    ///   - report: is given the generation and the best cost so far.
    package static func search(
        _ family: PlantFamily, seed: UInt64, limit: Double? = nil,
        report: (_ generation: Int, _ cost: Double) -> Void
    ) throws -> SamplePIDGains {
        let bound = try limit.map { (limit: $0, loop: try SampledSensitivity(family)) }
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
                let cost = episodes.reduce(0.0) { sum, block in
                    var pid = LanePID(gains)
                    return sum + Rollout.run(block, &pid).total.total
                }
                guard let bound else { return cost }
                guard let peak = bound.loop.peak(space.gains(at: point)) else {
                    return cost * unstablePrice
                }
                return cost * (1 + excessPrice * max(0, peak - bound.limit))
            }
            strategy.update(costs: costs)
            report(generation, strategy.bestCost / Double(blocks * Lanes.scalarCount))
        }
        let best = space.gains(at: strategy.best)
        guard let bound else { return best }
        guard let peak = bound.loop.peak(best), peak <= bound.limit * (1 + tolerance) else {
            throw TuningFault.noSolution("no PID with a sensitivity peak up to \(bound.limit)")
        }
        return best
    }
}
