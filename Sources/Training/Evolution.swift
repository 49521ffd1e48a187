package import Episodes
import ModelFile
import Tuning

/// A finishing step without gradients: CMA-ES on what the integers cost in the product's own loop.
///
/// The outputs' weights and the gains of the integrator are varied; the network behind them stays as
/// it was trained. What it finds is kept only when it also costs less in episodes that it did not
/// see.
package struct Evolution {
    private let family: PlantFamily
    private let reference: SamplePIDGains
    private let seen: [EpisodeBlock]
    private let unseen: [EpisodeBlock]
    private let seed: UInt64

    private static let population = 16
    private static let blocks = 6
    private static let firstStep = 0.05

    package init(_ family: PlantFamily, reference: SamplePIDGains, seed: UInt64) throws {
        self.family = family
        self.reference = reference
        self.seed = seed
        var generator = EpisodeGenerator(family, seed: seed, stream: 61)
        func weighed(_ blocks: [EpisodeBlock]) -> [EpisodeBlock] {
            EpisodePool(blocks) { block in
                var pid = LanePID(LanePIDGains(reference))
                return Rollout.run(block, &pid).total
            }.blocks
        }
        seen = weighed(try generator.mixture(blocks: Self.blocks))
        unseen = weighed(try generator.mixture(blocks: Self.blocks))
    }

    /// - Parameter report: is given the generation and the best cost over parity so far.
    package func run(
        _ law: FloatLaw, generations: Int, report: (_ generation: Int, _ ratio: Double) -> Void
    ) throws -> FloatLaw {
        let places =
            Array(law.layout.outputWeights) + [
                law.layout.logIntegral, law.layout.logitTracking,
            ]
        var strategy = CMAES(
            start: [Double](repeating: 0, count: places.count),
            deviations: [Double](repeating: Self.firstStep, count: places.count),
            population: Self.population, seed: seed)
        func varied(_ point: [Double]) -> FloatLaw {
            var result = law
            for (place, change) in zip(places, point) {
                // Weights by a share of their usual size, the gains by a factor.
                let size = law.layout.outputWeights.contains(place) ? scale(law) : 1
                result.parameters[place] += Float(change) * size
            }
            result.boundOutputs()
            return result
        }
        for generation in 0..<generations {
            let candidates = strategy.sample().map(varied)
            let costs = Parallel.map(candidates) { cost($0, seen) }
            strategy.update(costs: costs)
            report(generation, strategy.bestCost)
        }
        let best = varied(strategy.best)
        return cost(best, unseen) < cost(law, unseen) ? best : law
    }

    /// Mean magnitude of the output's weights.
    private func scale(_ law: FloatLaw) -> Float {
        let weights = law.layout.outputWeights.map { law.parameters[$0].magnitude }
        return weights.reduce(0, +) / Float(weights.count)
    }

    /// Cost of the integers over parity; without end for a law that cannot be written down.
    private func cost(_ law: FloatLaw, _ blocks: [EpisodeBlock]) -> Double {
        let description = ModelDescription(
            origin: "", family: family.name, periodSeconds: family.periodSeconds)
        guard
            let model = try? law.model(envelope: family.envelope, description: description),
            var lanes = try? LoopLanes(model, fallback: reference)
        else { return .infinity }
        let sum = blocks.reduce(0.0) { sum, block in
            sum + (Rollout.run(block, &lanes).total * block.weight).total
        }
        return sum / Double(blocks.count * Lanes.scalarCount) / EpisodePool.parity
    }
}
