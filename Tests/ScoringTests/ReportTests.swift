import Control
import Episodes
import FixedPoint
import ModelFile
import Scoring
import Testing
import Training
import Tuning

@Suite("The report")
struct ReportTests {
    @Test("ticks outside the envelope are counted by who acted, and the way back is timed")
    func excursions() {
        // Two inside, five outside (learned, learned, PID, PID, safe), then PID, learned.
        let found = EnvelopeExcursion(
            setpoint: 1.2, states: [2, 2, 2, 2, 1, 1, 0, 1, 2], inside: 2, outside: 5)
        #expect(found.learnedTicks == 2)
        #expect(found.fallbackTicks == 2)
        #expect(found.safeTicks == 1)
        #expect(found.ticksUntilFallback == 2)
        #expect(found.ticksUntilLearned == 1)
        let never = EnvelopeExcursion(
            setpoint: 1.2, states: [2, 2, 2, 1], inside: 1, outside: 2)
        #expect(never.ticksUntilFallback == nil)
        #expect(never.ticksUntilLearned == nil)
    }

    /// A PI as a law, with an envelope that ends a little beyond its setpoints.
    private static func law(_ family: PlantFamily) throws -> Model {
        let gains = try SamplePIDGains(.simcPI, family)
        let open = try #require(Gain(1))
        var model = try Model(
            pid: PIDParameters(
                proportional: try #require(Gain(gains.proportional)),
                integral: try #require(Gain(gains.integral)), derivative: .zero,
                derivativeFilter: open, measurementFilter: open, setpointWeight: open,
                tracking: try #require(Gain(gains.tracking))),
            periodSeconds: family.periodSeconds)
        model.law.envelopeLow = try #require(Q3_28(0))
        // The setpoint beyond it stays within the sensor's range: at its end the reading is none.
        model.law.envelopeHigh = try #require(Q3_28(0.9))
        return model
    }

    // A whole evaluation: minutes in debug.
    #if !DEBUG
        @Test(
            "the page carries verdict, scores, pictures and the supervisor's answer, and loads nothing"
        )
        func page() throws {
            let plant = PlantCase(
                PlantFamily(
                    name: "lag", ChainModel(gain: 1.25, lags: [0.7], deadTime: 0.3)))
            let model = try Self.law(plant.family)
            let baselines = try Baselines(plant.family, optimal: nil)
            var scope = Evaluator.Scope()
            scope.blocks = 1
            scope.holdBlocks = 1
            let evaluation = try Evaluator(plant.family, baselines: baselines, scope: scope)
                .run(model, float: nil)
            #expect(evaluation.reference == Baselines.betterSIMC)
            #expect(
                evaluation.classes.map(\.lossesToOptimal) == evaluation.classes.map { _ in nil })
            #expect(evaluation.limitCycles.sustained == 0)
            let certificate = Certificate(evaluation, plant.family, seed: 1)
            let html = try Report(
                model, plant, baselines: baselines, certificate: certificate
            ).html
            // Seven responses, a long hold, the sensitivities and the bars.
            #expect(html.split(separator: "<svg").count - 1 == 10)
            for text in [
                certificate.holds ? "Every limit is kept" : "limits are not kept",
                "Family and envelope", "over simc_pi", "Mismatch",
                "keep swinging", "peak of |S|", "Long runs", "Outside the envelope",
            ] {
                #expect(html.contains(text), "\(text)")
            }
            for loaded in ["<script", "<link", "src=", "@import"] {
                #expect(!html.contains(loaded), "\(loaded)")
            }
            let excursions = try EnvelopeExcursion.both(model, plant, baselines)
            for run in excursions {
                #expect(run.fallbackTicks > EnvelopeExcursion.outsideTicks / 2)
                #expect(run.safeTicks == 0)
                #expect(run.ticksUntilLearned != nil)
            }
        }
    #endif
}
