import Control
import Episodes
import Testing
import Training

@Suite("The range of a float law's cells")
struct CellRangeTests {
    private static let range = 16
    private static let samples = 48

    /// One unit that holds what it has and adds 0.48 a sample at a setpoint of 1, -0.48 at one of 0;
    /// the command is near 1 or 0 as the cell is above or below 0.
    private func accumulator() -> FloatLaw {
        let features = [LawFeature(.setpoint, gain: 1)]
        var law = FloatLaw(features: features, units: 1, isGated: false, integral: 1e-6, seed: 1)
        let layout = law.layout
        for index in law.parameters.indices { law.parameters[index] = 0 }
        // The candidate, tanh 2 (2 r - 1); an input gate of a half, the others open.
        law.parameters[3 * layout.columns] = 2
        for gate in 1...2 { law.parameters[layout.biases.lowerBound + gate] = 20 }
        law.parameters[layout.outputWeights.lowerBound] = 1
        law.parameters[layout.logIntegral] = -30
        law.parameters[layout.logitTracking] = -30
        return law
    }

    @Test("a cell that has climbed for long comes down at once: it stopped where integers clip")
    func clips() {
        var lanes = FloatLawLanes(accumulator())
        lanes.start(output: .zero, command: .zero)
        for _ in 0..<(10 * Self.range) {
            _ = lanes.command(setpoint: Lanes(repeating: 1), measurement: .zero)
        }
        var applied: [Float] = []
        for _ in 0..<(2 * Self.range + 3) {
            applied.append(lanes.command(setpoint: .zero, measurement: .zero)[0])
        }
        #expect(applied[2 * Self.range - 4] > 0.7)
        #expect(applied[2 * Self.range + 2] < 1e-3)
    }

    @Test("a cell near its range costs, one far from it does not")
    func costs() throws {
        let family = try #require(PlantFamily.specialists.first)
        var generator = EpisodeGenerator(family, seed: 7, stream: 7)
        let variation = PlantVariation(lagCount: family.lagCount)
        var block = try generator.block(
            [PlantVariation](repeating: variation, count: Lanes.scalarCount),
            samples: Self.samples
        ) { _ in }
        block.setpoint = [Lanes](repeating: Lanes(repeating: 1), count: Self.samples)
        block.weight = .zero
        var law = accumulator()
        law.largestCell = 12
        let candidate = law.layout.biases.lowerBound + 3
        func slope(samples: Int) -> Double {
            var short = block
            short.setpoint.removeLast(Self.samples - samples)
            var gradient = EpisodeGradient(law.layout, samples: samples)
            return gradient.run(law, short).gradient[candidate]
        }
        #expect(slope(samples: 24) == 0)
        #expect(slope(samples: 28) > 0)
        #expect(slope(samples: Self.samples) > slope(samples: 28))
    }
}
