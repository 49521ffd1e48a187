import Episodes
import ModelFile
import Tuning

/// How the generalist is trained: one law for processes of all kinds, told what a step test found.
package struct GeneralistRecipe: Codable, Equatable, Sendable {
    package var units = 24
    package var iterations = 7_000
    package var rate = 7e-3
    package var longIterations = 400
    package var longRate = 2e-3
    package var seed: UInt64 = 1
    /// SHA-256 of the model whose law is trained on; nil for a law from scratch.
    package var source: String?

    package var gridIterations = 600
    /// Iterations that buy margins, with many probes.
    package var marginIterations = 1_000
    package var slowIterations = 1_500
    /// Iterations of a law that is trained on: a refresher, and those that are averaged.
    package var refresherIterations = 1_000
    package var averagedIterations = 1_500

    private static let blocks = 6
    private static let probesEach = 3
    private static let recovery = 1.05
    private static let poolBlocks = 192
    private static let probeBlocks = 384
    private static let slowProbeBlocks = 384
    private static let longSamples = 960
    /// Of the self-regulating processes on which a law is trained on.
    private static let fineShare = 0.12
    /// A memory of some 50 samples.
    private static let longestMemory: Float = 0.98

    package init() {}

    package var start: FloatLaw {
        var law = FloatLaw(
            features: LawFeature.conditional, units: units, isGated: true, integral: 1,
            seed: seed)
        law.longestMemory = Self.longestMemory
        law.largestCell = FloatLaw.usualLargestCell
        return law
    }

    /// From scratch.
    private var wholeCourse: [TrainingPhase] {
        var first = TrainingPhase(iterations: iterations, blocks: Self.blocks, rate: rate)
        first.probes = Self.probesEach
        first.probeShare = 0.5
        first.poolBlocks = Self.poolBlocks
        first.recovery = Self.recovery
        var long = TrainingPhase(
            iterations: longIterations, blocks: Self.blocks / 2, rate: longRate)
        long.samples = Self.longSamples
        long.recovery = Self.recovery
        long.probes = 2
        long.poolBlocks = 48
        var grid = first
        grid.iterations = gridIterations
        grid.rate = longRate
        grid.isOnGrid = true
        grid.probeShare = 1.2
        var margin = grid
        margin.iterations = marginIterations
        margin.rate = 3e-3
        margin.probes = 6
        margin.probeShare = 1.5
        var slow = margin
        slow.iterations = slowIterations
        slow.rate = 1.5e-3
        slow.probes = 0
        slow.slowProbes = 4
        slow.probeShare = 3
        slow.isAveraged = true
        var dear = slow
        dear.rate = 7e-4
        dear.probeShare = 6
        // Some processes hunt that no probe of one phase looks at: the next one draws others.
        return [first, long, grid, margin, slow, dear, dear, dear]
    }

    /// Of a law that has been through all that: at small rates, with some processes that are sampled finely, and
    /// no block of probes above its part.
    private var furtherCourse: [TrainingPhase] {
        var refresher = TrainingPhase(
            iterations: refresherIterations, blocks: Self.blocks, rate: 1e-3)
        refresher.poolBlocks = Self.poolBlocks
        refresher.recovery = Self.recovery
        refresher.isOnGrid = true
        refresher.probes = 3
        refresher.slowProbes = 1
        refresher.probeShare = 0.6
        refresher.isEachProbeHeld = true
        var averaged = refresher
        averaged.iterations = averagedIterations
        averaged.rate = 5e-4
        averaged.probes = 2
        averaged.slowProbes = 3
        averaged.probeShare = 1
        averaged.isAveraged = true
        return [refresher, averaged]
    }

    var phases: [TrainingPhase] { source == nil ? wholeCourse : furtherCourse }

    package func plan() throws -> TrainingPlan {
        let phases = phases
        let fineShare = source == nil ? 0 : Self.fineShare
        let seed = seed
        func episodes(_ stream: Int) -> GeneralistEpisodes {
            GeneralistEpisodes(seed: seed, stream: UInt64(stream), fineShare: fineShare)
        }
        var source = episodes(0)
        return TrainingPlan(
            phases: phases, probes: try source.probes(.usual, blocks: Self.probeBlocks),
            slowProbes: { phase in
                // Beside the streams of the phase's pools.
                var source = episodes(1_000 + phase * 1_000)
                return try source.probes(.slow, blocks: Self.slowProbeBlocks)
            },
            seed: seed
        ) { phase, index in
            var source = episodes(1 + phase * 1_000 + index)
            return try source.pool(phases[phase].poolBlocks, samples: phases[phase].samples)
        }
    }

    /// - Parameter law: what it begins with: `start`, or the law of a model.
    package func train(
        _ law: FloatLaw, state: TrainingState? = nil,
        report: (Trainer.Progress, TrainingState) -> Void
    ) throws -> FloatLaw {
        var trainer = Trainer(law, state: state)
        try trainer.run(try plan(), report: report)
        // Its last phases saw the law on the grid: that is the law they trained.
        return trainer.law.onGrid
    }
}

/// Episodes of the population, each block with sixteen processes and what a step test says of them.
struct GeneralistEpisodes {
    private var population: ProcessPopulation
    private var random: EpisodeRandom
    private var selfRegulating: EpisodeGenerator
    private var integrating: EpisodeGenerator
    /// Of the slow probes. More than of the episodes: where an integral meets another one, loops hunt first.
    private static let integratingShare = 0.35

    init(seed: UInt64, stream: UInt64, fineShare: Double = 0) {
        let first = 0x4_0000 + 4 * stream
        population = ProcessPopulation(seed: seed, stream: first, fineShare: fineShare)
        random = EpisodeRandom(seed: seed, stream: first + 1)
        // Of these only ranges and noise count: the plants are drawn apart.
        let lag = ChainModel(gain: 1, lags: [1])
        selfRegulating = EpisodeGenerator(
            PlantFamily(name: "self-regulating", process: .chain(lag), periodSeconds: 1),
            seed: seed, stream: first + 2)
        var family = PlantFamily(
            name: "integrating",
            process: .chain(ChainModel(gain: 1, lags: [1], isIntegrating: true)),
            periodSeconds: 1)
        family.isBipolar = true
        integrating = EpisodeGenerator(family, seed: seed, stream: first + 3)
    }

    mutating func pool(_ blocks: Int, samples: Int) throws -> EpisodePool {
        var drawn: [EpisodeBlock] = []
        var rivals: [[LanePIDGains]] = []
        for _ in 0..<blocks {
            let isIntegrating = population.drawIsIntegrating()
            let chains = draw(isIntegrating: isIntegrating)
            let plants = PlantLanes(
                chains: chains.map { $0.varied(.wide(lagCount: $0.lags.count, &random)) },
                periodSeconds: 1)
            var block =
                isIntegrating
                ? try integrating.block(plants, samples: samples) { $0.applyMixture() }
                : try selfRegulating.block(plants, samples: samples) { $0.applyMixture() }
            block.conditions = conditions(chains, commandSpan: Double(block.commandSpan))
            drawn.append(block)
            rivals.append(try Self.rivals(chains, isBipolar: isIntegrating))
        }
        return EpisodePool(drawn, rivals: rivals)
    }

    /// Blocks at rest with a sine on the measurement, on plants near the nominal ones. In those that look for
    /// slow hunts every other sine is small: a hunt hides behind one as large as it.
    mutating func probes(
        _ probe: SensitivityProbe, blocks: Int
    ) throws -> [EpisodeBlock] {
        func demand(_ lane: Int) -> SensitivityProbe.Demand {
            probe == .slow && lane.isMultiple(of: 2) ? .calm : .robust
        }
        return try (0..<blocks).map { _ in
            let isIntegrating =
                probe == .slow
                ? random.uniform(0...1) < Self.integratingShare : population.drawIsIntegrating()
            let chains = draw(isIntegrating: isIntegrating)
            let plants = PlantLanes(
                chains: chains.map {
                    $0.varied(.independent(lagCount: $0.lags.count, spread: 0.15, &random))
                }, periodSeconds: 1)
            let span = isIntegrating ? integrating.family.commandSpan : 1
            let conditions = conditions(chains, commandSpan: span)
            let gain = conditions[FeatureScale.allCases.firstIndex(of: .loopGain) ?? 0]
            var block =
                isIntegrating
                ? try integrating.block(probe, plants, loopGain: gain, demand: demand)
                : try selfRegulating.block(probe, plants, loopGain: gain, demand: demand)
            block.conditions = conditions
            return block
        }
    }

    private mutating func draw(isIntegrating: Bool) -> [ChainModel] {
        (0..<Lanes.scalarCount).map { _ in population.draw(isIntegrating: isIntegrating) }
    }

    private mutating func conditions(_ chains: [ChainModel], commandSpan: Double) -> [Lanes] {
        ProcessCoordinates.conditions(
            chains.map {
                ProcessCoordinates(
                    $0, commandSpan: commandSpan,
                    error: ProcessCoordinates.Error(&random))
            })
    }

    /// PIDs by rule for the nominal processes: what the cost of an episode is measured by is the best
    /// of them.
    private static func rivals(
        _ chains: [ChainModel], isBipolar: Bool
    ) throws -> [LanePIDGains] {
        try [TuningRule.simcPI, .simcPID, .amigoPID].map { rule in
            try LanePIDGains(
                chains.map { chain in
                    var family = PlantFamily(
                        name: "", process: .chain(chain), periodSeconds: 1)
                    family.isBipolar = isBipolar
                    return try SamplePIDGains(rule, family)
                })
        }
    }
}
