package import Episodes
import Tuning

/// How a specialist is trained: sizes, phases, and where its chance comes from.
package struct Recipe: Codable, Equatable, Sendable {
    package var units = 24
    package var isGated = false
    package var iterations = 1_500
    package var rate = 1e-2
    /// Iterations on episodes three times as long: they catch slow drift and late limit cycles.
    package var longIterations = 160
    package var longRate = 2e-3
    /// Iterations on the grid of the integers, at the end.
    package var gridIterations = 300
    /// Iterations in which many slow probes look for loops that hunt, after those.
    package var slowIterations = 500
    package var seed: UInt64 = 1

    private static let slowRate = 1.5e-3
    private static let blocks = 4
    private static let longSamples = 960
    private static let probeBlocks = 48
    private static let slowProbeBlocks = 96
    /// Peak of the sensitivity from which on a law goes through another phase with dearer probes, as one that
    /// hunts does.
    private static let peakGoal = 1.9
    /// Blocks of long holds, under a load, that tell whether a law hunts.
    private static let holdBlocks = 4
    private static let extraPhases = 3
    private static let extraIterations = 400

    package init() {}

    /// A law of the recipe before its training.
    package func start(_ family: PlantFamily) throws -> FloatLaw {
        var law = FloatLaw(
            features: LawFeature.usual(spans: family.spansPerUnit, ranges: family.commandSpan),
            units: units, isGated: isGated,
            integral: try SamplePIDGains(.simcPI, family).integral, seed: seed)
        law.largestCell = FloatLaw.usualLargestCell
        return law
    }

    /// - Parameter reference: the PID that costs are measured by.
    package func plan(
        _ family: PlantFamily, reference: SamplePIDGains
    ) throws -> TrainingPlan {
        var phases = [
            TrainingPhase(iterations: iterations, blocks: Self.blocks, rate: rate)
        ]
        var long = TrainingPhase(
            iterations: longIterations, blocks: Self.blocks / 2, rate: longRate)
        long.samples = Self.longSamples
        long.poolBlocks = 24
        phases.append(long)
        var grid = TrainingPhase(iterations: gridIterations, blocks: Self.blocks, rate: longRate)
        grid.isOnGrid = true
        grid.probes = 0
        grid.slowProbes = 2
        phases.append(grid)
        var slow = grid
        slow.iterations = slowIterations
        slow.rate = Self.slowRate
        slow.slowProbes = 4
        slow.probeShare = 3
        phases.append(slow)
        let seed = seed
        let loopGain = try SamplePIDGains(.simcPI, family).proportional
        var generator = EpisodeGenerator(family, seed: seed, stream: 21)
        let probes = try generator.probes(
            blocks: Self.probeBlocks, spread: 0.15, loopGain: loopGain)
        let slowProbes = try generator.disturbedProbes(
            .slow, blocks: Self.slowProbeBlocks, loopGain: loopGain)
        var plan = TrainingPlan(
            phases: phases, probes: probes, slowProbes: { _ in slowProbes }, seed: seed
        ) { phase, index in
            // Extra phases have the episodes of the first.
            let kind = phase < phases.count ? phases[phase] : phases[0]
            var generator = EpisodeGenerator(
                family, seed: seed, stream: 0x1_0000 + UInt64(phase * 1_000 + index))
            let blocks = try generator.mixture(blocks: kind.poolBlocks, samples: kind.samples)
            return EpisodePool(blocks) { block in
                var pid = LanePID(LanePIDGains(reference))
                return Rollout.run(block, &pid).total
            }
        }
        plan.extra = { law, count in
            guard count < Self.extraPhases else { return nil }
            if let law, try Self.isSound(law.onGrid, family, seed: seed) { return nil }
            var extra = slow
            extra.iterations = Self.extraIterations
            extra.probeShare = slow.probeShare * (count == 0 ? 2 : (count == 1 ? 4 : 8))
            return extra
        }
        return plan
    }

    /// Whether a law keeps its margins and does not hunt.
    private static func isSound(
        _ law: FloatLaw, _ family: PlantFamily, seed: UInt64
    ) throws -> Bool {
        var generator = EpisodeGenerator(family, seed: seed, stream: 23)
        let holds = try generator.longHolds(
            blocks: holdBlocks, load: Evaluation.Hold.usualLoad)
        let hold = Evaluation.Hold(over: holds) { block, watch in
            var lanes = FloatLawLanes(law)
            _ = Rollout.run(block, &lanes, watch: watch)
        }
        let cycles = try LimitCycleSearch(family).run { FloatLawLanes(law) }
        return try hold.worstRipple <= Certificate.Limits().worstRipple
            && cycles.sustained == 0 && peak(law, family) <= peakGoal
    }

    /// The largest peak of the sensitivity about some operating points; without end where a loop does
    /// not come to rest.
    private static func peak(_ law: FloatLaw, _ family: PlantFamily) throws -> Double {
        let range = family.setpoints
        let peaks = try [0.1, 0.3, 0.5, 0.7, 0.9].map { part in
            try LawProbe.sensitivityPeak(
                FloatLawLanes(law), family,
                output: range.lowerBound + part * (range.upperBound - range.lowerBound))
                ?? .infinity
        }
        return peaks.max() ?? .infinity
    }

    /// Trains a law for a family against a reference PID.
    package func train(
        _ family: PlantFamily, reference: SamplePIDGains, from state: TrainingState? = nil,
        report: (Trainer.Progress, TrainingState) -> Void
    ) throws -> FloatLaw {
        var trainer = Trainer(try start(family), state: state)
        try trainer.run(try plan(family, reference: reference), report: report)
        // Its last phases saw the law on the grid: that is the law they trained.
        return trainer.law.onGrid
    }
}
