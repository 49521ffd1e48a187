import Episodes
import ModelFile
import Testing
@testable import Training

@Suite("A law in floating point and its integers")
struct FloatLawTests {
    private let units = 3

    private func untrained() -> FloatLaw {
        FloatLaw(
            features: LawFeature.usual(), units: units, isGated: false, integral: 0.05, seed: 3)
    }

    @Test(
        "on the grid a law is what its integers say, is its own grid, and is read back from a model"
    )
    func roundsToGrid() throws {
        var law = untrained()
        var random = EpisodeRandom(seed: 1, stream: 1)
        for index in law.layout.outputWeights {
            law.parameters[index] = Float(random.uniform(-2...2))
        }
        let coarse = law.onGrid
        let description = ModelDescription(origin: "", family: "", periodSeconds: 1)
        let model = try law.model(envelope: 0...1, description: description)
        let again = try coarse.model(envelope: 0...1, description: description)
        #expect(model.rows == again.rows && model.outputRows == again.outputRows)
        #expect(coarse != law && coarse.onGrid == coarse)
        var taken = try untrained().taken(from: model)
        // The gains are on another grid, of 31 bits.
        for place in [law.layout.logIntegral, law.layout.logitTracking] {
            #expect(abs(taken.parameters[place] - coarse.parameters[place]) < 1e-5)
            taken.parameters[place] = coarse.parameters[place]
        }
        #expect(taken == coarse)
        let larger = FloatLaw(
            features: LawFeature.usual(), units: units + 1, isGated: false, integral: 0.05, seed: 3)
        #expect(throws: ModelFault.self) { _ = try larger.taken(from: model) }
        var other = untrained()
        other.features.swapAt(0, 5)
        #expect(throws: ModelFault.self) { _ = try other.taken(from: model) }
    }

    @Test("outputs never ask for more than the integers hold")
    func boundsOutputs() {
        var law = FloatLaw(
            features: LawFeature.usual(), units: units, isGated: true, integral: 0.05, seed: 3)
        for index in law.layout.outputWeights { law.parameters[index] = -9 }
        law.parameters[law.layout.gateBias] = 5
        law.boundOutputs()
        let weights = law.layout.outputWeights.map { abs(law.parameters[$0]) }
        let first = weights.prefix(units).reduce(0, +)
        let second = weights.suffix(units).reduce(0, +) + law.parameters[law.layout.gateBias]
        // Within rounding of the sums.
        #expect(abs(first - 7.9) < 1e-4 && abs(second - 7.9) < 1e-4)
    }
}
