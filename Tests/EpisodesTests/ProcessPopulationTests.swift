import Episodes
import Testing

@Suite("Processes of all kinds by chance")
struct ProcessPopulationTests {
    @Test("a thousand of them: stable, in samples, and gone 63 % of the way within an episode")
    func draws() throws {
        var population = ProcessPopulation(seed: 3, stream: 1)
        var (zeros, pairs, longest) = (0, 0, 0.0)
        for _ in 0..<1_000 {
            let chain = population.draw(isIntegrating: false)
            #expect(!chain.isIntegrating && chain.gain > 0 && chain.deadTime >= 0)
            #expect(chain.lags.allSatisfy { $0 > 0 && $0.isFinite })
            let time = chain.stepTimes([0.632])[0]
            longest = max(longest, time)
            #expect(time > 3 && time < 160, "\(chain)")
            zeros += chain.zero < 0 ? 1 : 0
            pairs += chain.pair == nil ? 0 : 1
        }
        #expect(zeros > 40 && pairs > 40)
        for _ in 0..<100 {
            let chain = population.draw(isIntegrating: true)
            #expect(chain.isIntegrating && chain.lags.count <= 1)
        }
        #expect(longest > 40)
    }

    @Test("of those that are sampled finely a step takes longer in samples")
    func drawsFineOnes() {
        func times(_ fineShare: Double) -> [Double] {
            var population = ProcessPopulation(seed: 3, stream: 1, fineShare: fineShare)
            return (0..<300).map { _ in
                population.draw(isIntegrating: false).stepTimes([0.632])[0]
            }.sorted()
        }
        let (usual, fine, some) = (times(0), times(1), times(0.12))
        // The middles of the two ranges of sampling are 2.6 apart; a median of 300 moves by a tenth.
        #expect(fine[150] > 2.2 * usual[150] && fine[150] < 3.2 * usual[150])
        #expect(some[150] < 1.3 * usual[150] && some[290] > usual[290])
    }

    @Test("the same seed draws the same, another stream others")
    func repeats() {
        func first(_ stream: UInt64) -> ChainModel {
            var population = ProcessPopulation(seed: 3, stream: stream)
            return population.draw(isIntegrating: false)
        }
        #expect(first(1) == first(1))
        #expect(first(1) != first(2))
    }

    @Test("times of a step response: a lag with dead time, equal lags, an integrator's slope")
    func readsTimes() {
        // Interpolation between steps of a tenth of a sample: 1e-3 of one.
        let lag = ChainModel(gain: 3, lags: [10], deadTime: 2).stepTimes([0.1, 0.632_120_559])
        #expect(abs(lag[0] - (2 + 1.053_605)) < 1e-3)
        #expect(abs(lag[1] - 12) < 1e-3)
        let equal = ChainModel(gain: 1, lags: [10, 10]).stepTimes([0.632_120_559])[0]
        #expect(abs(equal - 21.4619) < 2e-3)
        let slope = ChainModel(gain: 1, lags: [10], deadTime: 2, isIntegrating: true)
            .stepTimes([0.632_120_559])[0]
        #expect(abs(slope - 12) < 1e-3)
        let pure = ChainModel(gain: 1, lags: [], deadTime: 7, isIntegrating: true)
        #expect(pure.stepTimes([0.1, 0.9]) == [7, 7])
        // A response that first goes the other way counts from when it arrives.
        let inverse = ChainModel(gain: 1, lags: [10, 10, 10], zero: -5).stepTimes([0.1])[0]
        let plain = ChainModel(gain: 1, lags: [10, 10, 10]).stepTimes([0.1])[0]
        #expect(inverse > plain)
    }
}
