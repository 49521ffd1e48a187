import Episodes
import Testing
import Training
import Tuning

#if !DEBUG
    @Suite("Finishing by evolution")
    struct EvolutionTests {
        private let family = PlantFamily(
            name: "fopdt", ChainModel(gain: 1, lags: [1], deadTime: 3.0 / 7))

        private func start() throws -> FloatLaw {
            FloatLaw(
                features: LawFeature.usual(), units: 4, isGated: false,
                integral: try SamplePIDGains(.simcPI, family).integral, seed: 3)
        }

        @Test("costs fall, the same seed ends in the same law, and no worse one is kept")
        func improves() throws {
            let reference = try SamplePIDGains(.simcPI, family)
            func run() throws -> (law: FloatLaw, costs: [Double]) {
                let evolution = try Evolution(family, reference: reference, seed: 1)
                var costs: [Double] = []
                let law = try evolution.run(try start(), generations: 4) { costs.append($1) }
                return (law, costs)
            }
            let first = try run()
            #expect(try run().law == first.law)
            #expect(first.costs.count == 4)
            #expect(first.costs[3] <= first.costs[0] && first.costs[3].isFinite)
            #expect(try first.law != start(), "an untrained law is easily bettered")
        }
    }
#endif
