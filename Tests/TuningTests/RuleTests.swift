import Foundation
import Testing
import Tuning

@Suite("Published rules")
struct RuleTests {
    /// The figures of the papers are printed with two or three digits.
    private let rounding = 1e-9

    @Test("the half rule gives the examples of its paper")
    func appliesHalfRule() throws {
        let first = try ProcessModel.byHalfRule(
            gain: 1, lags: [1, 0.2], deadTimeSeconds: 0, order: 1)
        #expect(abs(first.lags[0] - 1.1) < rounding)
        #expect(abs(first.deadTimeSeconds - 0.1) < rounding)
        let gains = try TuningRule.simcPI.gains(for: first)
        #expect(abs(gains.kp - 5.5) < rounding)
        #expect(abs(gains.tiSeconds - 0.8) < rounding)

        let four = [1.0, 1, 1, 1]
        let second = try ProcessModel.byHalfRule(
            gain: 1, lags: four, deadTimeSeconds: 0, order: 2)
        #expect(second.lags == [1.5, 1])
        #expect(second.deadTimeSeconds == 1.5)
        let one = try ProcessModel.byHalfRule(gain: 1, lags: four, deadTimeSeconds: 0, order: 1)
        #expect(one.lags == [1.5])
        #expect(one.deadTimeSeconds == 2.5)
    }

    @Test("the PID of the half rule is the series form turned into the ideal one")
    func convertsSeriesForm() throws {
        let model = try ProcessModel(gain: 2, lags: [10, 4], deadTimeSeconds: 1)
        let gains = try TuningRule.simcPID.gains(for: model)
        // kp' = 10 / (2 2 1) = 2.5, ti' = min(10, 8) = 8, td' = 4.
        for w in [0.03, 0.2, 1.5] {
            let s = Complex(0, w)
            let series =
                2.5 * ((Complex(1) + Complex(1) / (8 * s)) * (Complex(1) + 4 * s))
            var ideal = gains
            ideal.tfSeconds = 0
            #expect((ideal.response(at: w) - series).magnitude < rounding)
        }
    }

    @Test("three equal lags have the ultimate gain 8 and the period 2 pi / sqrt 3")
    func findsUltimatePoint() throws {
        let point = try UltimatePoint(of: TransferFunction(gain: 1, lags: [1, 1, 1]))
        #expect(abs(point.gain - 8) < rounding)
        #expect(abs(point.periodSeconds - 2 * .pi / 3.0.squareRoot()) < rounding)
        let reverse = try UltimatePoint(of: TransferFunction(gain: -1, lags: [1, 1, 1]))
        #expect(abs(reverse.gain + 8) < rounding)
        let pid = try TuningRule.zieglerNicholsUltimatePID.gains(for: point)
        #expect(abs(pid.kp - 4.8) < rounding)
        #expect(abs(pid.tiSeconds - point.periodSeconds / 2) < rounding)
        #expect(abs(pid.tdSeconds - point.periodSeconds / 8) < rounding)
    }

    @Test("a process without dead time has no gains by a rule that divides by it")
    func refuses() throws {
        let model = try ProcessModel(gain: 1, lags: [1], deadTimeSeconds: 0)
        for rule in TuningRule.allCases {
            #expect(throws: TuningFault.self, "\(rule.title)") { try rule.gains(for: model) }
        }
    }

    @Test("a process of the other sign has gains of the other sign", arguments: TuningRule.allCases)
    func followsSign(rule: TuningRule) throws {
        for isIntegrating in [false, true] {
            let plain = try ProcessModel(
                gain: 0.7, lags: [5, 2], deadTimeSeconds: 1, isIntegrating: isIntegrating)
            var reverse = plain
            reverse.gain = -0.7
            let expected = try rule.gains(for: plain)
            let found = try rule.gains(for: reverse)
            #expect(abs(found.kp + expected.kp) < rounding)
            #expect(abs(found.tiSeconds - expected.tiSeconds) < rounding)
        }
    }

    @Test("no PI with a larger integral gain has as small a sensitivity peak")
    func isOptimal() throws {
        let process = try TransferFunction(gain: 1, lags: [1, 1, 1, 1])
        let best = try OptimalPI.gains(for: process, ms: 1.6)
        for share in stride(from: 0.2, through: 2, by: 0.1) {
            let kp = best.kp * share
            let gains = PIDGains(kp: kp, tiSeconds: kp / (best.ki * 1.001))
            let margins = LoopMargins(gains, on: process)
            #expect(!margins.isStable || margins.ms > 1.6)
        }
    }
}
