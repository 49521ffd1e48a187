package import Episodes
import Tuning

/// How a specialist is trained: sizes, phases, and where its chance comes from.
package struct Recipe: Equatable, Sendable {
    package var units = 24
    package var isGated = false
    package var iterations = 4_000
    package var rate = 1e-2
    /// Iterations on episodes three times as long: they catch slow drift and late limit cycles.
    package var longIterations = 160
    package var longRate = 2e-3
    package var seed: UInt64 = 1

    private static let blocks = 4
    private static let poolBlocks = 64
    private static let longPoolBlocks = 24
    private static let longSamples = 960
    private static let probeBlocks = 48
    /// Fresh episodes after so many iterations: a law cannot learn them by heart.
    private static let iterationsPerPool = 1_000

    package init() {}

    /// Progress of a training: what it works on, how far it is, and the cost over that of PID*.
    package struct Progress: Sendable {
        package var done: Int
        package var total: Int
        package var ratio: Double
    }

    /// Trains a law for a family against a reference PID.
    package func train(
        _ family: PlantFamily, reference: SamplePIDGains, report: (Progress) -> Void
    ) throws -> FloatLaw {
        var generator = EpisodeGenerator(family, seed: seed, stream: 21)
        let rule = try SamplePIDGains(.simcPI, family)
        let probes = try generator.probes(
            blocks: Self.probeBlocks, spread: 0.15, loopGain: rule.proportional)
        let features = LawFeature.usual(
            spans: family.spansPerUnit, ranges: family.commandSpan)
        var trainer = Trainer(
            FloatLaw(
                features: features, units: units, isGated: isGated, integral: rule.integral, seed: seed))
        let total = iterations + longIterations
        let phase = TrainingPhase(iterations: iterations, blocks: Self.blocks, rate: rate)
        let draw: (Int) throws -> EpisodePool = { samples in
            let blocks = samples > 320 ? Self.longPoolBlocks : Self.poolBlocks
            return EpisodePool(try generator.mixture(blocks: blocks, samples: samples)) { block in
                var pid = LanePID(LanePIDGains(reference))
                return Rollout.run(block, &pid).total
            }
        }
        try trainer.run(
            phase, fresh: { try draw(320) }, every: Self.iterationsPerPool, probes: probes,
            seed: seed
        ) { iteration, ratio in
            report(Progress(done: iteration, total: total, ratio: ratio))
        }
        let long = TrainingPhase(
            iterations: longIterations, blocks: Self.blocks / 2, rate: longRate)
        try trainer.run(
            long, fresh: { try draw(Self.longSamples) }, every: longIterations, probes: probes,
            seed: seed &+ 1
        ) { iteration, ratio in
            report(Progress(done: iterations + iteration, total: total, ratio: ratio))
        }
        return trainer.law
    }
}
