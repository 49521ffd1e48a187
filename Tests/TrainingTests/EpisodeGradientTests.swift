import Control
import EpisodeReference
import Episodes
import ModelFile
import Testing
import Training

@Suite("The gradient of an episode's cost")
struct EpisodeGradientTests {
    /// Every operation of the lanes rounds to 6e-8, some hundred of them in a row, and the coarser
    /// steps of the nonlinear plants differ by 1e-4 of the span.
    private let linearTolerance = 1e-3
    private let nonlinearTolerance = 5e-3
    #if DEBUG
        private let samples = 48
        private let units = 2
        private let tried = 6
    #else
        private let samples = 160
        private let units = 5
        private let tried = 30
    #endif
    /// So small that the adjoints' limits never act.
    private let weight: Float = 1e-3

    #if DEBUG
        private static let families = [ReferenceFamilies.fractional, ReferenceFamilies.motor]
    #else
        private static let families =
            [ReferenceFamilies.fractional, ReferenceFamilies.integrating]
            + ReferenceFamilies.nonlinear
    #endif

    /// A law in the midst of training: nothing near zero.
    private func law(
        _ family: PlantFamily, isGated: Bool, outputs: Double = 0.4
    ) -> FloatLaw {
        var law = FloatLaw(
            features: LawFeature.usual() + [LawFeature(.constant, gain: 0.5)], units: units,
            isGated: isGated, integral: family.isBipolar ? 0.01 : 0.04, seed: 12)
        var random = EpisodeRandom(seed: 9, stream: 9)
        for index in law.layout.outputWeights {
            law.parameters[index] = Float(random.uniform(-outputs...outputs))
        }
        law.parameters[law.layout.gateBias] = 0.3
        return law
    }

    private func variations(_ family: PlantFamily) -> [PlantVariation] {
        var random = EpisodeRandom(seed: 4, stream: 4)
        return (0..<Lanes.scalarCount).map { _ in
            PlantVariation.independent(lagCount: family.lagCount, spread: 0.25, &random)
        }
    }

    /// Some of the gates' weights, evenly spread, and all others of the special ones.
    private func parameters(_ layout: LawLayout) -> [Int] {
        let stride = max(1, layout.gateBias / tried)
        let spread = Swift.stride(from: 0, to: layout.gateBias, by: stride)
        var all = Array(spread) + [layout.outputWeights.lowerBound]
        all.append(layout.outputWeights.upperBound - 1)
        if layout.isGated { all.append(layout.gateBias) }
        return all + [layout.logIntegral, layout.logitTracking]
    }

    private func compare(_ loop: ReferenceLoop, _ law: FloatLaw, tolerance: Double) throws {
        var gradient = EpisodeGradient(law.layout, samples: loop.block.count)
        let found = gradient.run(law, loop.block)
        #expect(found.isFinite)
        let cost = try loop.cost(law, law.parameters.map(Double.init))
        #expect(cost > 0)
        #expect(abs(found.cost / cost - 1) < tolerance, "\(found.cost) \(cost)")
        let chosen = parameters(law.layout)
        let slopes = try chosen.map { try loop.slope(law, parameter: $0) }
        // Slopes far below the others are differences of large terms: their rounding is the others'.
        let size = (slopes.reduce(0) { $0 + $1 * $1 } / Double(slopes.count)).squareRoot()
        #expect(size > 1e-6)
        var worst = (error: 0.0, parameter: -1)
        for (index, slope) in zip(chosen, slopes) {
            let error = abs(found.gradient[index] - slope) / (abs(slope) + 0.1 * size)
            if !(error <= worst.error) { worst = (error, index) }
        }
        #expect(worst.error < tolerance, "parameter \(worst.parameter), slopes of \(size)")
        if !law.layout.isGated { #expect(found.gradient[law.layout.gateBias] == 0) }
    }

    @Test(
        "tracking: cost and slopes are those of small differences of single loops",
        arguments: families, [false, true])
    func tracks(family: PlantFamily, isGated: Bool) throws {
        let variations = variations(family)
        var generator = EpisodeGenerator(family, seed: 7, stream: 7)
        var block = try generator.block(variations, samples: samples) { draft in
            draft.apply(.steps)
            for sample in 40..<draft.load.count { draft.load[sample] = 0.05 }
        }
        block.quantum = 0
        for lane in 0..<Lanes.scalarCount { block.weight[lane] = weight * Float(1 + lane % 3) }
        let isLinear = ReferenceFamilies.linear.contains(family)
        try compare(
            ReferenceLoop(family: family, variations: variations, block: block),
            law(family, isGated: isGated),
            tolerance: isLinear ? linearTolerance : nonlinearTolerance)
    }

    /// Makes the first unit a proportional part: open gates, no memory, the error alone.
    private func addProportional(_ gain: Float, to law: inout FloatLaw) {
        let layout = law.layout
        let biases = layout.biases.lowerBound
        for gate in 0..<4 {
            let row = gate * units
            for column in 0..<layout.columns {
                law.parameters[row * layout.columns + column] = 0.01
            }
            law.parameters[biases + row] = [5, -5, 5, 0][gate]
        }
        law.parameters[3 * units * layout.columns] = 0.5
        law.parameters[layout.outputWeights.lowerBound] = gain / 2
    }

    /// Fast enough to make the sensitivity cost, slow enough for a stable loop in every lane.
    private func gain(_ family: PlantFamily) -> Float {
        switch family.name {
        case "integrator": 1.3
        case "heater": 3
        case "motor": 4
        case "tank": 7
        default: 1.8
        }
    }

    #if DEBUG
        private static let probed = [ReferenceFamilies.fractional]
    #else
        private static let probed = families
    #endif

    @Test("sensitivity: cost and slopes are those of small differences too", arguments: probed)
    func probes(family: PlantFamily) throws {
        let variations = variations(family)
        var generator = EpisodeGenerator(family, seed: 7, stream: 7)
        var block = try generator.block(variations, samples: SensitivityProbe.usual.samples) { _ in
        }
        block.quantum = 0
        var turns = Lanes.zero
        for lane in 0..<Lanes.scalarCount { turns[lane] = Float(3 + lane) }
        // A larger sine than in training, so that rounding is a smaller part of it.
        let amplitude = Lanes(0.02)
        for sample in 0..<block.count {
            block.noise[sample] = amplitude * SensitivityProbe.usual.wave(turns, at: sample).sine
        }
        var limit = Lanes(repeating: 1.6)
        limit[0] = 1.2
        block.goal = .sensitivity(amplitude: amplitude, limit: limit)
        block.weight = Lanes(repeating: weight)
        var law = law(family, isGated: true, outputs: 0.05)
        addProportional(gain(family), to: &law)
        try compare(
            ReferenceLoop(family: family, variations: variations, block: block), law,
            tolerance: nonlinearTolerance)
    }

    @Test("conditioned: each lane has the gains of its own process, and inputs end at 1")
    func conditions() throws {
        let family = ReferenceFamilies.fractional
        let variations = variations(family)
        var generator = EpisodeGenerator(family, seed: 7, stream: 7)
        var block = try generator.block(variations, samples: samples) { $0.apply(.steps) }
        block.quantum = 0
        block.weight = Lanes(repeating: weight)
        let coordinates = (0..<Lanes.scalarCount).map { lane in
            var other = family
            other.periodSeconds *= 1 + 0.05 * Double(lane)
            return ProcessCoordinates(other)
        }
        block.conditions = ProcessCoordinates.conditions(coordinates)
        var law = FloatLaw(
            features: LawFeature.conditional, units: units, isGated: true, integral: 0.7, seed: 3)
        var random = EpisodeRandom(seed: 9, stream: 9)
        for index in law.layout.outputWeights {
            law.parameters[index] = Float(random.uniform(-0.4...0.4))
        }
        var loop = ReferenceLoop(family: family, variations: variations, block: block)
        loop.coordinates = coordinates
        try compare(loop, law, tolerance: linearTolerance)
    }

    @Test("an integral with a gain above 1 counts no more of an error than its reach")
    func reaches() throws {
        let family = ReferenceFamilies.fractional
        let variations = variations(family)
        var generator = EpisodeGenerator(family, seed: 7, stream: 7)
        var block = try generator.block(variations, samples: 48) { $0.apply(.steps) }
        block.quantum = 0
        block.weight = Lanes(repeating: weight)
        var law = law(family, isGated: true)
        // 5 a sample, gated by up to 2: of an error a sixteenth counts.
        law.parameters[law.layout.logIntegral] = 1.609_438
        law.parameters[law.layout.logitTracking] = 2
        try compare(
            ReferenceLoop(family: family, variations: variations, block: block), law,
            tolerance: linearTolerance)
    }

    @Test("where the command is saturated throughout, the gates have no slope")
    func stopsAtClip() throws {
        let family = ReferenceFamilies.fractional
        var generator = EpisodeGenerator(family, seed: 7, stream: 7)
        var block = try generator.block(variations(family), samples: samples) { _ in }
        // A setpoint out of reach, from the start on.
        block.setpoint = [Lanes](repeating: Lanes(30.0), count: samples)
        var law = FloatLaw(
            features: LawFeature.usual(), units: units, isGated: false, integral: 1, seed: 1)
        law.parameters[law.layout.logitTracking] = -20
        var gradient = EpisodeGradient(law.layout, samples: samples)
        let found = gradient.run(law, block)
        #expect(found.gradient[law.layout.weights].allSatisfy { $0 == 0 })
        #expect(found.gradient[law.layout.logIntegral] == 0)
    }

    @Test("an episode with weight 0 adds nothing, and the same block twice gives the same bits")
    func repeats() throws {
        let family = ReferenceFamilies.fractional
        var generator = EpisodeGenerator(family, seed: 7, stream: 7)
        var block = try generator.block(variations(family), samples: samples) { $0.apply(.steps) }
        let law = law(family, isGated: true)
        var gradient = EpisodeGradient(law.layout, samples: samples)
        let first = gradient.run(law, block)
        let second = gradient.run(law, block)
        #expect(first.cost == second.cost && first.gradient == second.gradient)
        block.weight = .zero
        let nothing = gradient.run(law, block)
        #expect(nothing.cost == 0 && nothing.gradient.allSatisfy { $0 == 0 })
    }

    @Test("the smooth cost lies above that of the scores by its roundness at most")
    func boundsRoundness() throws {
        let family = ReferenceFamilies.tank
        var generator = EpisodeGenerator(family, seed: 7, stream: 7)
        let block = try generator.block(variations(family), samples: samples) { $0.apply(.steps) }
        let law = law(family, isGated: true)
        var gradient = EpisodeGradient(law.layout, samples: samples)
        let smooth = gradient.run(law, block).cost
        var lanes = FloatLawLanes(law)
        let exact = Rollout.run(block, &lanes).total.total
        // sqrt(x^2 + 1e-6) is above |x| by 1e-3 at most.
        let roundness =
            1e-3 * (1 + family.effortWeight) * Double((samples - 20) * Lanes.scalarCount)
        let rounding = 1e-5 * exact
        #expect(smooth > exact - rounding && smooth < exact + roundness + rounding)
    }
}
