import Control
import Episodes
import FixedPoint
package import ModelFile
import Plants
package import Training

/// What the supervisor does when a setpoint leaves what a law was made for, and comes back.
package struct EnvelopeExcursion: Codable, Equatable, Sendable {
    /// The setpoint asked for, in parts of the span.
    package var setpoint: Double
    /// Ticks outside in which each law acted, of `outsideTicks`.
    package var learnedTicks: Int
    package var fallbackTicks: Int
    package var safeTicks: Int
    /// Ticks from the setpoint's leaving until the PID acts; nil when it never does.
    package var ticksUntilFallback: Int?
    /// Ticks from the setpoint's return until the learned law acts again; nil when it does not.
    package var ticksUntilLearned: Int?

    package static let outsideTicks = 400
    private static let insideTicks = 200
    private static let afterTicks = 600
    /// From the edge of the envelope to the setpoint, parts of the span.
    private static let distance = 0.05

    /// From the state of each tick, raw values of `SupervisorState`.
    /// - Precondition: `inside + outside` ticks at least.
    package init(setpoint: Double, states: [UInt8], inside: Int, outside: Int) {
        precondition(states.count >= inside + outside)
        let beyond = states[inside..<(inside + outside)]
        func count(_ state: SupervisorState) -> Int { beyond.count { $0 == state.rawValue } }
        self.setpoint = setpoint
        learnedTicks = count(.learned)
        fallbackTicks = count(.fallback)
        safeTicks = count(.safe)
        ticksUntilFallback = beyond.firstIndex { $0 == SupervisorState.fallback.rawValue }
            .map { $0 - inside }
        ticksUntilLearned = states[(inside + outside)...]
            .firstIndex { $0 == SupervisorState.learned.rawValue }
            .map { $0 - inside - outside }
    }

    /// Below and above the envelope of the model, on the nominal plant.
    package static func both(
        _ model: Model, _ plant: PlantCase, _ baselines: Baselines
    ) throws -> [EnvelopeExcursion] {
        let low = model.law.envelopeLow.doubleValue - distance
        let high = model.law.envelopeHigh.doubleValue + distance
        return try [low, high].map { try run(model, plant, baselines, setpoint: $0) }
    }

    private static func run(
        _ model: Model, _ plant: PlantCase, _ baselines: Baselines, setpoint: Double
    ) throws -> EnvelopeExcursion {
        let family = plant.family
        let variation = PlantVariation(lagCount: family.lagCount)
        let plants = family.plants(
            [PlantVariation](repeating: variation, count: Lanes.scalarCount))
        var generator = EpisodeGenerator(family, seed: 1, stream: 61)
        let samples = insideTicks + outsideTicks + afterTicks
        var block = try generator.block(plants, samples: samples) { _ in }
        let middle = Lanes((family.setpoints.lowerBound + family.setpoints.upperBound) / 2)
        for sample in 0..<samples {
            let isOutside = (insideTicks..<(insideTicks + outsideTicks)).contains(sample)
            block.setpoint[sample] = isOutside ? Lanes(setpoint) : middle
        }
        let rest = try plants.equilibrium(output: middle)
        block.startOutput = middle
        block.startState = rest.state
        block.startCommand = rest.command - Float(family.standingLoad)
        var law = try LoopLanes(model, fallback: baselines.fallback)
        var states: [UInt8] = []
        let loops = law
        _ = Rollout.run(block, &law) { _, _, _ in states.append(loops.states[0]) }
        return EnvelopeExcursion(
            setpoint: setpoint, states: states, inside: insideTicks, outside: outsideTicks)
    }
}
