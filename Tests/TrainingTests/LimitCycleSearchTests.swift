import Episodes
import Testing
import Training
import Tuning

@Suite("Limit cycles, and peaks of sampled loops")
struct LimitCycleSearchTests {
    static let family = PlantFamily(
        name: "lag", ChainModel(gain: 1.25, lags: [0.7], deadTime: 0.3))

    private static func pid(times factor: Double) throws -> LanePID {
        var gains = try SamplePIDGains(.simcPI, family)
        gains.proportional *= factor
        gains.integral *= factor
        return LanePID(LanePIDGains(gains))
    }

    // 576,000 samples of sixteen loops: minutes in debug.
    #if !DEBUG
        @Test(
            "a loop by the rule comes to rest from everywhere, one of four times the gain nowhere")
        func finds() throws {
            let rule = try Self.pid(times: 1)
            let calm = try LimitCycleSearch(Self.family).run { rule }
            #expect(calm.loops == 144)
            #expect(calm.sustained == 0)
            #expect(calm.worstSwing < LimitCycleSearch.leastSwing)
            let wild = try Self.pid(times: 4)
            let swinging = try LimitCycleSearch(Self.family).run { wild }
            #expect(swinging.sustained > 0)
            #expect(swinging.worstSwing > 0.05)
            #expect(swinging.worstGain == 1.3)
        }
    #endif

    @Test(
        "a swing goes on when it is seen and does not die out",
        arguments: [
            (0.1, 0.1, true), (0.1, 0.02, false), (0.0002, 0.0002, false), (0.01, 0.05, true),
            (.nan, 0.1, true), (0.1, .infinity, true),
        ] as [(Double, Double, Bool)])
    func sustained(earlier: Double, last: Double, goesOn: Bool) {
        #expect(LimitCycleSearch.isSustained(earlier: earlier, last: last) == goesOn)
    }

    @Test("the peak of a sampled PI is the one of the margins")
    func peak() throws {
        let gains = try SamplePIDGains(.simcPI, Self.family)
        let found = try #require(try SampledSensitivity(Self.family).peak(gains))
        let period = Self.family.periodSeconds
        let engineering = PIDGains(
            kp: gains.proportional, tiSeconds: gains.proportional / gains.integral * period)
        let margins = try LoopMargins(
            engineering,
            on: try TransferFunction(gain: 1.25, lags: [0.7], deadTimeSeconds: 0.3),
            periodSeconds: period)
        // The filter of a twentieth of a sample on the measurement, which `LoopMargins` has not.
        #expect(abs(found - margins.ms) < 0.03)
        var wild = gains
        wild.proportional *= 8
        #expect(try SampledSensitivity(Self.family).peak(wild) == nil)
    }
}
