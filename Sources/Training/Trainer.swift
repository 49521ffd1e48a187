import Episodes
import Simulation

/// Trains a law by gradient descent through the plant.
///
/// Adam with a warm-up, and with a cosine rate or the mean of the laws at the end; the gradient's norm
/// clipped to 1, steps that are not finite left out, and a roll back to the best law so far (in a phase that
/// is averaged, to the last one that did well) with a smaller rate when the cost rises.
package struct Trainer {
    private let template: FloatLaw
    package private(set) var state: TrainingState

    /// How far a training is.
    package struct Progress: Sendable {
        package var done: Int
        package var total: Int
        /// Mean cost over parity of the last window.
        package var ratio: Double
    }

    private static let normLimit = 1.0
    private static let warmUp = 20.0
    private static let window = 20
    /// Rise of the cost from one window to another that is undone.
    private static let usualRise = 1.25
    /// The same while the best law so far is one that nobody would go back to: the first steps of a loop that
    /// swings lead through worse ones, and cautious ones do not lead away from it.
    private static let earlyRise = 3.0
    private static let worthKeeping = 1.5
    /// A phase that is not averaged ends with its best law by cost when that of its last window is this much
    /// above: a lower sensitivity costs some per cent.
    private static let riseLimit = 1.15

    /// - Parameter state: where an earlier training of the same plan stood.
    /// - Precondition: a state with as many parameters as the law.
    package init(_ law: FloatLaw, state: TrainingState? = nil) {
        precondition(state.map { $0.now.parameters.count == law.parameters.count } ?? true)
        template = law
        self.state = state ?? TrainingState(law.parameters)
    }

    package var law: FloatLaw {
        var law = template
        law.parameters = state.now.parameters
        return law
    }

    /// - Parameter report: is given progress and state after every window of costs.
    package mutating func run(
        _ plan: TrainingPlan, report: (Progress, TrainingState) -> Void
    ) throws {
        var phases = plan.phases
        while true {
            while phases.count <= state.phase {
                // One that has begun was decided on by the law that it began with.
                let isNew = phases.count == state.phase && state.iteration == 0
                let count = phases.count - plan.phases.count
                guard let extra = try plan.extra(isNew ? law : nil, count) else { return }
                phases.append(extra)
            }
            let before = phases.prefix(state.phase).reduce(0) { $0 + $1.iterations }
            let total = phases.reduce(0) { $0 + $1.iterations }
            try run(phases[state.phase], plan) { state, ratio in
                report(
                    Progress(done: before + state.iteration, total: total, ratio: ratio), state)
            }
            state.enter(phase: state.phase + 1)
        }
    }

    private mutating func run(
        _ phase: TrainingPhase, _ plan: TrainingPlan, report: (TrainingState, Double) -> Void
    ) throws {
        let slowProbes = phase.slowProbes > 0 ? try plan.slowProbes(state.phase) : []
        var pool: EpisodePool?
        while state.iteration < phase.iterations {
            let index = state.iteration / phase.iterationsPerPool
            if state.iteration.isMultiple(of: phase.iterationsPerPool) { pool = nil }
            let episodes = try pool ?? plan.pool(state.phase, index)
            pool = episodes
            if state.recent.count == Self.window {
                let ratio = close(phase)
                report(state, ratio)
            }
            let (cost, gradient) = step(
                phase, seed: plan.seed, episodes, plan.probes, slowProbes)
            state.recent.append(cost)
            if let gradient { descend(gradient, phase) }
            state.iteration += 1
            if phase.isAveraged, 4 * state.iteration > phase.iterations { state.add() }
        }
        guard !state.recent.isEmpty else { return }
        let last = state.recent.reduce(0, +) / Double(state.recent.count)
        if state.summed > 0 {
            state.now.parameters = state.mean
        } else if !(last < Self.riseLimit * state.goodRatio) {
            state.now = state.good
        }
    }

    /// Ends a window of costs: rolls back, or remembers what the window began with; of that its mean
    /// speaks, not of the law after its last step.
    private mutating func close(_ phase: TrainingPhase) -> Double {
        let ratio = state.recent.reduce(0, +) / Double(state.recent.count)
        // What a phase began with is known from its first step alone.
        let reference = state.goodRatio.isFinite ? state.goodRatio : state.recent[0]
        state.recent.removeAll(keepingCapacity: true)
        let limit = reference < Self.worthKeeping ? Self.usualRise : Self.earlyRise
        if !(ratio < limit * reference + 0.02) {
            state.goodRatio = reference
            state.now = state.good
            state.caution *= 0.6
            state.rollbacks += 1
        } else {
            state.caution = min(1, state.caution * phase.recovery)
            if phase.isAveraged || ratio < state.goodRatio {
                state.good = state.tried
                state.goodRatio = ratio
            }
        }
        state.tried = state.now
        return ratio
    }

    private mutating func descend(_ gradient: [Double], _ phase: TrainingPhase) {
        let scale = min(1, Self.normLimit / (Self.norm(gradient) + 1e-9))
        let turns = Double(state.iteration) / Double(phase.iterations)
        // cos(pi turns), as a sine a quarter turn on.
        let cosine =
            phase.isAveraged ? 1 : 0.5 * (1 + Sine.value(turns: turns / 2 + 0.25)) * 0.98 + 0.02
        let warm = min(1, Double(state.iteration + 1) / Self.warmUp)
        state.now.adam.step(
            &state.now.parameters, gradient: gradient.map { $0 * scale },
            rate: phase.rate * state.caution * warm * cosine)
        var bounded = law
        bounded.boundOutputs()
        state.now.parameters = bounded.parameters
    }

    private static func norm(_ vector: [Double]) -> Double {
        vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }

    /// Mean cost over parity of some random blocks, and the gradient of that and of the probes; no
    /// gradient when any is not finite.
    private func step(
        _ phase: TrainingPhase, seed: UInt64, _ pool: EpisodePool, _ probes: [EpisodeBlock],
        _ slowProbes: [EpisodeBlock]
    ) -> (cost: Double, gradient: [Double]?) {
        let law = phase.isOnGrid ? self.law.onGrid : self.law
        // Chance of its own for each step: a training can go on anywhere.
        var random = EpisodeRandom(
            seed: seed &+ UInt64(state.phase), stream: 0x7E_0000 + UInt64(state.iteration))
        func drawn(_ count: Int, of blocks: [EpisodeBlock]) -> [EpisodeBlock] {
            (0..<count).map { _ in blocks[random.integer(0...(blocks.count - 1))] }
        }
        let blocks =
            drawn(phase.blocks, of: pool.blocks) + drawn(phase.probes, of: probes)
            + drawn(phase.slowProbes, of: slowProbes)
        let results = Parallel.map(blocks) { block in
            var gradient = EpisodeGradient(law.layout, samples: block.count)
            return gradient.run(law, block)
        }
        var cost = 0.0
        var (sum, pull) = (
            [Double](repeating: 0, count: law.layout.count),
            [Double](repeating: 0, count: law.layout.count)
        )
        for result in results.prefix(phase.blocks) {
            let episodes = Double(Lanes.scalarCount * phase.blocks)
            cost += result.cost / episodes / EpisodePool.parity
            for place in sum.indices { sum[place] += result.gradient[place] / episodes }
        }
        let probeCount = Double(max(1, phase.probes + phase.slowProbes))
        let episodes = Double(Lanes.scalarCount) * probeCount
        let (length, part) = (Self.norm(sum), phase.probeShare / probeCount)
        for result in results.dropFirst(phase.blocks) {
            guard phase.isEachProbeHeld else {
                for place in pull.indices { pull[place] += result.gradient[place] / episodes }
                continue
            }
            let own = Self.norm(result.gradient) / episodes
            let share = min(1, part * length / (own + 1e-12))
            for place in pull.indices { pull[place] += share / episodes * result.gradient[place] }
        }
        let longest = phase.probeShare * length
        let share = phase.isEachProbeHeld ? 1 : min(1, longest / (Self.norm(pull) + 1e-12))
        for place in sum.indices { sum[place] += share * pull[place] }
        return (cost, results.allSatisfy(\.isFinite) ? sum : nil)
    }
}
