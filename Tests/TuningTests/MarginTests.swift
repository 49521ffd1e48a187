import Foundation
import Testing
import Tuning

@Suite("Robustness margins")
struct MarginTests {
    /// Crossings and peaks are refined to 1e-10.
    private let refined = 1e-7

    @Test("an integrator with dead time has the margins of the formulas")
    func marginsOfIntegrator() throws {
        // L = 0.5 e^-s / s: the loop that SIMC aims at.
        let process = try TransferFunction(gain: 1, integrators: 1, deadTimeSeconds: 1)
        let margins = LoopMargins(PIDGains(kp: 0.5), on: process)
        #expect(margins.isStable)
        #expect(abs(margins.gainMargin - .pi) < refined)
        #expect(abs(margins.phaseMarginDegrees - (90 - 90 / .pi)) < refined)
        #expect(abs(margins.delayMarginSeconds - (.pi - 1)) < refined)
        // Printed in the paper of SIMC.
        #expect(abs(margins.ms - 1.59) < 0.005)
        #expect(abs(margins.mt - 1) < 1e-5, "its highest point is at the lower end of the grid")
    }

    @Test("an integrator with dead time is stable up to a gain of pi / 2 and not beyond")
    func seesInstability() throws {
        let process = try TransferFunction(gain: 1, integrators: 1, deadTimeSeconds: 1)
        #expect(LoopMargins(PIDGains(kp: 1.57), on: process).isStable)
        for gain in [1.572, 2, 5, 8, 20.0] {
            #expect(!LoopMargins(PIDGains(kp: gain), on: process).isStable)
        }
        #expect(!LoopMargins(PIDGains(kp: -0.1), on: process).isStable, "wrong sign")
    }

    @Test("a double integrator is held by a PD and lost by a P or a fast integral")
    func seesDoubleIntegrator() throws {
        let process = try TransferFunction(gain: 1, lags: [0.1], integrators: 1)
        #expect(LoopMargins(PIDGains(kp: 1, tiSeconds: 4), on: process).isStable)
        #expect(!LoopMargins(PIDGains(kp: 1, tiSeconds: 0.05), on: process).isStable)
        let margins = LoopMargins(PIDGains(kp: 1, tiSeconds: 4), on: process)
        // Routh: 0.1 s^3 + s^2 + g s + g / 4: stable when g > 0.1 g / 4, for every g.
        #expect(margins.gainMargin == .infinity)
        #expect(margins.lowerGainMargin == 0)
    }

    @Test("the gain of a loop with three integrators may not fall either")
    func seesLowerGainMargin() {
        // L = g (s + 1)^2 / s^3: s^3 + g s^2 + 2 g s + g is stable for g > 1/2.
        let margins = LoopMargins(frequencies: 1e-3...1e3, originPoles: 3, delaySeconds: 0) { w in
            let s = Complex(0, w)
            let lead = Complex(1) + s
            return 2 * (lead * lead) / (s * s * s)
        }
        #expect(margins.isStable)
        #expect(abs(margins.lowerGainMargin - 0.25) < refined)
    }

    @Test("a sampled integrator is stable up to kp T = 2")
    func marginsOfSampledLoop() throws {
        let process = try TransferFunction(gain: 1, integrators: 1)
        let margins = try LoopMargins(PIDGains(kp: 1), on: process, periodSeconds: 0.5)
        #expect(margins.isStable)
        #expect(try !LoopMargins(PIDGains(kp: 4.01), on: process, periodSeconds: 0.5).isStable)
        #expect(try LoopMargins(PIDGains(kp: 3.99), on: process, periodSeconds: 0.5).isStable)
        // With a whole period of computation: z^2 - z + kp T, stable below 1.
        let late = try LoopMargins(
            PIDGains(kp: 1), on: process, periodSeconds: 0.5, computationSeconds: 0.5)
        #expect(abs(late.gainMargin - 2) < refined)
    }

    @Test("sampling fast is the same as not sampling")
    func sampledNearContinuous() throws {
        let process = try TransferFunction(gain: 2, lags: [5, 1], deadTimeSeconds: 1)
        let gains = PIDGains(kp: 0.8, tiSeconds: 5, tdSeconds: 0.8, tfSeconds: 0.1)
        let continuous = LoopMargins(gains, on: process)
        let sampled = try LoopMargins(gains, on: process, periodSeconds: 0.001)
        // Half a period of extra dead time, and as much in the derivative.
        #expect(abs(sampled.ms - continuous.ms) < 0.003)
        #expect(abs(sampled.phaseMarginDegrees - continuous.phaseMarginDegrees) < 0.1)
    }

    @Test("insertion into a simulated loop finds the margins of the frequency response")
    func insertsGainAndDelay() throws {
        let process = try TransferFunction(gain: 1, lags: [2], deadTimeSeconds: 0.5)
        let gains = PIDGains(kp: 2, tiSeconds: 2)
        let period = 0.25
        let margins = try LoopMargins(gains, on: process, periodSeconds: period)
        let inserted = try #require(
            InsertionMargins(delayLimitSeconds: 8) { gain, delay in
                guard let other = try? process.with(gain: gain, moreDeadTimeSeconds: delay) else {
                    return false
                }
                return settles(gains, other, period)
            })
        // The edge is found to 1 %, and 4000 periods tell growth from decay to about as much.
        #expect(abs(inserted.gainUp / margins.gainMargin - 1) < 0.03)
        #expect(abs(inserted.delaySeconds / margins.delayMarginSeconds - 1) < 0.03)
        #expect(inserted.gainDown == 0.1, "the limit of what is tried")
    }

    @Test("a loop that does not hold has no insertion margins")
    func refusesUnstable() {
        #expect(InsertionMargins(delayLimitSeconds: 1) { gain, _ in gain < 0.5 } == nil)
    }

    @Test("a load step costs ti / kp where the error never changes its sign")
    func integratesLoad() throws {
        let process = try TransferFunction(gain: 1, lags: [10], deadTimeSeconds: 1)
        let gains = PIDGains(kp: 2, tiSeconds: 10)
        let margins = LoopMargins(gains, on: process)
        let load = LoopResponse(gains, on: process, margins: margins, to: .load)
        #expect(abs(load.ie - 5) < 5 * 1e-3, "the trapezia of the sum")
        #expect(abs(load.iae - 5) < 5 * 1e-3)
        let unstable = PIDGains(kp: 40, tiSeconds: 10)
        let lost = LoopMargins(unstable, on: process)
        #expect(LoopResponse(unstable, on: process, margins: lost, to: .load).iae == .infinity)
    }

    @Test("a setpoint step of an integrator without dead time decays as the formula says")
    func integratesSetpoint() throws {
        let process = try TransferFunction(gain: 1, integrators: 1)
        let gains = PIDGains(kp: 2)
        let margins = LoopMargins(gains, on: process)
        let step = LoopResponse(gains, on: process, margins: margins, to: .setpoint)
        // The error is e^-2t: the sum 1/2, the command from 2 to 0.
        #expect(abs(step.iae - 0.5) < 1e-3)
        #expect(abs(step.totalVariation - 4) < 0.01)
    }

    /// Runs the sampled loop and compares late with early errors.
    private func settles(_ gains: PIDGains, _ process: TransferFunction, _ period: Double) -> Bool {
        var plant = SampledProcess(process, periodSeconds: period)
        var integral = 0.0
        var (early, late) = (0.0, 0.0)
        for tick in 0..<4000 {
            let error = 1 - plant.output
            integral += gains.ki * period * error
            plant.advance(input: gains.kp * error + integral)
            if !error.isFinite || abs(error) > 1e6 { return false }
            if tick < 400 { early = max(early, abs(error)) }
            if tick >= 3600 { late = max(late, abs(error)) }
        }
        return late < 0.1 * early
    }
}
