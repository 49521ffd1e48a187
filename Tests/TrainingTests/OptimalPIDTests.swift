import Episodes
import Testing
import Training
import Tuning

@Suite("The best PID, and its margins")
struct OptimalPIDTests {
    private static let chain = ChainModel(gain: 0.8, lags: [20, 5], deadTime: 4)

    @Test("a plain PID has the margins that the engineering PID has on the same process")
    func margins() throws {
        let family = PlantFamily(name: "lags", Self.chain)
        let engineering = PIDGains(kp: 2, tiSeconds: 18)
        var sample = SamplePIDGains(engineering, family)
        sample.measurementFilterSamples = 0
        let process = try TransferFunction(gain: 0.8, lags: [20, 5], deadTimeSeconds: 4)
        let wanted = try LoopMargins(
            engineering, on: process, periodSeconds: family.periodSeconds)
        let found = LoopMargins(sample, on: family)
        #expect(found.isStable && wanted.isStable)
        // Peaks and crossings are refined to 1e-9; the grids differ.
        #expect(abs(found.ms / wanted.ms - 1) < 1e-6)
        #expect(abs(found.gainMargin / wanted.gainMargin - 1) < 1e-6)
        #expect(abs(found.phaseMarginDegrees / wanted.phaseMarginDegrees - 1) < 1e-6)
    }

    @Test("a filter on the measurement takes from the margins")
    func filter() {
        let family = PlantFamily(name: "lags", Self.chain)
        var sample = SamplePIDGains(PIDGains(kp: 2, tiSeconds: 18, tdSeconds: 2), family)
        sample.measurementFilterSamples = 0
        let plain = LoopMargins(sample, on: family)
        sample.measurementFilterSamples = 2
        #expect(LoopMargins(sample, on: family).delayMarginSeconds < plain.delayMarginSeconds)
    }

    #if DEBUG
        /// A search takes minutes without optimisation.
        private static let isWorthIt = false
    #else
        private static let isWorthIt = true
    #endif

    @Test(
        "the best within a sensitivity peak keeps to it, and pays for it", .enabled(if: isWorthIt))
    func limited() throws {
        let family = PlantFamily(name: "lags", Self.chain)
        var costs: [Double] = []
        let found = try [nil, 1.6].map { limit in
            var last = 0.0
            let gains = try OptimalPID.search(family, seed: 1, limit: limit) { last = $1 }
            costs.append(last)
            return LoopMargins(gains, on: family)
        }
        #expect(found[0].ms > 1.6 && found[1].isStable)
        // The price beyond the limit is steeper than the cost: what is left is the search's step.
        #expect(found[1].ms <= 1.6 * 1.001)
        #expect(costs[1] >= costs[0])
    }
}
