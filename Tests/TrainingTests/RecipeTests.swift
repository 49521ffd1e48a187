import EpisodeReference
import Episodes
import Testing
import Tuning

@testable import Training

@Suite("How a specialist is trained")
struct RecipeTests {
    private let family = ReferenceFamilies.fractional

    /// An integrator alone: the network's outputs are zero.
    private func law(integral: Double) -> FloatLaw {
        var law = FloatLaw(
            features: LawFeature.usual(), units: 2, isGated: false, integral: integral, seed: 1)
        for index in law.layout.outputWeights { law.parameters[index] = 0 }
        return law
    }

    @Test(
        "a law that hunts gets more phases, each with dearer probes, and not without end",
        .disabled(if: _isDebugAssertConfiguration(), "a minute without the optimiser"))
    func goesOn() throws {
        let plan = try Recipe().plan(family, reference: try SamplePIDGains(.simcPI, family))
        #expect(try plan.extra(law(integral: 0.03), 0) == nil, "a slow integrator is sound")
        let hunting = law(integral: 0.9)
        var share = try #require(plan.phases.last).probeShare
        var count = 0
        while let extra = try plan.extra(hunting, count) {
            // What goes on after a kill, without the law that it was decided by, is the same.
            #expect(try plan.extra(nil, count) == extra)
            #expect(extra.probeShare > share && extra.slowProbes > 0)
            share = extra.probeShare
            count += 1
        }
        #expect(count == 3)
    }

    @Test("parity on steps is reached over a slower integrator, not over a PI")
    func parity() throws {
        let good = law(integral: 0.03)
        let parity = try StepParity(
            good, family, reference: try SamplePIDGains(.amigoPI, family), seed: 1)
        let slow = SamplePIDGains(proportional: 0, integral: 0.003, tracking: 0)
        let lenient = try StepParity(good, family, reference: slow, seed: 1)
        let state = TrainingState(good.parameters)
        #expect(!parity.isReached(by: state))
        #expect(lenient.isReached(by: state))
    }
}
