import Control
import Episodes
import ModelFile
import Testing
import Training

@Suite("The integral of a law with a large gain")
struct IntegralReachTests {
    @Test("floats and integers count the same part of a large error", arguments: [false, true])
    func agrees(isGated: Bool) throws {
        // Nothing but the integral, at 3 a sample.
        var law = FloatLaw(
            features: [LawFeature(.error, gain: 1)], units: 1, isGated: isGated, integral: 3,
            seed: 1)
        for index in 0..<law.layout.logIntegral { law.parameters[index] = 0 }
        // Half of what the clip takes goes out of the integral at once: it stays in its range.
        law.parameters[law.layout.logitTracking] = 0
        let model = try law.model(
            envelope: -1...2,
            description: ModelDescription(origin: "test", family: "none", periodSeconds: 1))
        var floats = FloatLawLanes(law)
        let integers = try LoopLanes(
            model, fallback: SamplePIDGains(proportional: 1, integral: 0.01, tracking: 0.1))
        let half = Lanes(repeating: 0.5)
        floats.start(output: half, command: half)
        integers.start(output: half, command: half)
        var farthest: Float = 0
        for sample in 0..<60 {
            // To the end at once, a slow way back, and a small error.
            let setpoint: Float = sample < 5 ? 0.9 : (sample < 40 ? 0.2 : 0.498)
            let wanted = floats.command(setpoint: Lanes(repeating: setpoint), measurement: half)
            let found = integers.command(setpoint: Lanes(repeating: setpoint), measurement: half)
            farthest = max(farthest, abs(wanted[0] - found[0]))
        }
        #expect(integers.strayTicks == 0)
        #expect(farthest < 1e-5)
    }
}
