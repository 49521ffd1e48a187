package import Episodes

/// One phase of training: so many steps down the gradient on random blocks of fresh episodes.
package struct TrainingPhase: Equatable, Sendable {
    package var iterations: Int
    /// Blocks of sixteen episodes a step.
    package var blocks: Int
    package var rate: Double
    /// Blocks of sensitivity probes a step, beside the others: of those with the usual window, and of those
    /// that look for slow hunts.
    package var probes = 1
    package var slowProbes = 0
    /// How long the gradient of all probes may be against that of the others: a loop that hunts must not
    /// drown what all others say.
    package var probeShare = 1.0
    /// Each block of probes is held to its part of that by itself: one that hunts does not drown the other
    /// probes either.
    package var isEachProbeHeld = false
    /// Factor of the rate after each window of costs without a roll back, up to the rate that the phase
    /// has: each roll back takes four tenths of it.
    package var recovery = 1.0
    /// Samples of an episode.
    package var samples = 320
    /// Blocks of a pool, and iterations after which a fresh one is drawn: a law cannot learn its
    /// episodes by heart.
    package var poolBlocks = 64
    package var iterationsPerPool = 1_000
    /// The slopes are those of the law in integers: it learns to live on their grid.
    package var isOnGrid = false
    /// The phase goes on at its full rate, and ends with the mean of its laws after the first quarter: what
    /// single steps make a law do in one corner of many, another step undoes, and the mean does not (Izmailov
    /// et al., Averaging weights leads to wider optima and better generalization, UAI 2018). Its best law by
    /// cost would be the one that it began with, before margins were bought: nothing goes back to that.
    package var isAveraged = false

    package init(iterations: Int, blocks: Int, rate: Double) {
        self.iterations = iterations
        self.blocks = blocks
        self.rate = rate
    }
}

/// What a training does: its phases, and where its episodes come from.
package struct TrainingPlan {
    package var phases: [TrainingPhase]
    /// Fresh episodes for a phase; the same for the same numbers, so that a training can go on
    /// anywhere.
    package var pool: (_ phase: Int, _ index: Int) throws -> EpisodePool
    package var probes: [EpisodeBlock]
    /// Those that look for slow hunts in a phase, the same for the same number.
    package var slowProbes: (_ phase: Int) throws -> [EpisodeBlock]
    package var seed: UInt64
    /// One more phase for a law that has gone through all of them, or through some more already;
    /// `nil` when it is good. Without a law the phase has been decided on before.
    package var extra: (_ law: FloatLaw?, _ count: Int) throws -> TrainingPhase? = { _, _ in nil }

    package init(
        phases: [TrainingPhase], probes: [EpisodeBlock],
        slowProbes: @escaping (_ phase: Int) throws -> [EpisodeBlock] = { _ in [] },
        seed: UInt64,
        pool: @escaping (_ phase: Int, _ index: Int) throws -> EpisodePool
    ) {
        self.phases = phases
        self.probes = probes
        self.slowProbes = slowProbes
        self.seed = seed
        self.pool = pool
    }
}
