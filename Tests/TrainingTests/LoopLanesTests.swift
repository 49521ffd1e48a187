import Control
import Episodes
import ModelFile
import Testing
import Training

@Suite("The product's loop in sixteen episodes")
struct LoopLanesTests {
    private func loops() throws -> LoopLanes {
        let law = FloatLaw(
            features: LawFeature.usual(), units: 4, isGated: true, integral: 0.05, seed: 3)
        let model = try law.model(
            envelope: 0...1,
            description: ModelDescription(origin: "test", family: "none", periodSeconds: 1))
        return try LoopLanes(
            model, fallback: SamplePIDGains(proportional: 1, integral: 0.01, tracking: 0.1))
    }

    private func run(_ loops: LoopLanes, _ measurement: Float, samples: Int) -> Lanes {
        var command = Lanes.zero
        for _ in 0..<samples {
            command = loops.command(
                setpoint: Lanes(repeating: 0.5), measurement: Lanes(repeating: measurement))
        }
        return command
    }

    @Test("a copy goes on from where it was made, and the original does not notice")
    func copies() throws {
        let (original, undisturbed) = (try loops(), try loops())
        for loops in [original, undisturbed] {
            loops.start(output: Lanes(repeating: 0.5), command: Lanes(repeating: 0.4))
            _ = run(loops, 0.49, samples: 40)
        }
        let copy = original.copied()
        _ = run(copy, 0.3, samples: 30)
        let next = run(original, 0.49, samples: 1)
        #expect(next == run(undisturbed, 0.49, samples: 1))

        // Where nothing changes there are no slopes, which alone a copy forgets.
        let second = original.copied()
        let (here, there) = (run(second, 0.49, samples: 1), run(original, 0.49, samples: 1))
        #expect(here == there)
        #expect(here != next, "its integral goes on")
        #expect(second.strayTicks == 0)
    }
}
