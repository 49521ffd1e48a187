import CFloatLSTM
import CMeter
import CellReference
import FixedPoint
import Foundation
import GatedMemory

/// Time and allocations of 10,000 steps, in turns with the float network: the fastest turn of each.
///
/// Swift is built for the baseline of its target, C for the machine it runs on (`-O3 -march=native
/// -ffast-math`, `expf` and `tanhf` of libm).
enum StepBenchmark {
    static func measure(isShort: Bool) throws -> [Finding] {
        let turns = isShort ? 15 : 50
        return try Golden.cases().filter { $0.kind == "random" }
            .sorted { ($0.network?.shape.units ?? 0) < ($1.network?.shape.units ?? 0) }
            .compactMap { golden in
                Progress.say("steps of \(golden.name)")
                return try golden.network.map { try compare($0, of: golden, turns: turns) }
            }
    }

    private static func compare(
        _ network: NetworkWeights, of golden: GoldenCase, turns: Int
    ) throws -> Finding {
        let steps = golden.steps
        let inputs = golden.inputs(steps: steps).flatMap(\.self)
        let atStart = flyball_allocations()
        let rival = FloatRival(network)
        let atSetUp = flyball_allocations() - atStart
        let floats = inputs.map { Float($0) / 32_768 }
        var (ours, theirs, allocations) = ([Double](), [Double](), UInt64(0))
        try network.withNetwork { lstm in
            for _ in 0..<turns {
                let before = flyball_allocations()
                let start = DispatchTime.now().uptimeNanoseconds
                run(&lstm, inputs.span, steps: steps)
                let middle = DispatchTime.now().uptimeNanoseconds
                allocations += flyball_allocations() - before
                rival.run(floats, steps: steps)
                let end = DispatchTime.now().uptimeNanoseconds
                ours.append(Double(middle - start) / Double(steps))
                theirs.append(Double(end - middle) / Double(steps))
            }
        }
        let fastest = (ours: ours.min() ?? 0, theirs: theirs.min() ?? 0)
        return Finding(
            .steps, "H = \(network.shape.units), N = \(network.shape.inputs)",
            [
                Figure("ns_per_step", fastest.ours), Figure("ns_per_step_c", fastest.theirs),
                Figure("ratio", fastest.ours / fastest.theirs),
                Figure("allocations", Double(allocations), limit: 0),
                // Of the float network: the counter counts.
                Figure("allocations_at_set_up", Double(atSetUp)),
            ])
    }

    @inline(never)
    private static func run(_ lstm: inout LSTM, _ inputs: Span<Int16>, steps: Int) {
        let count = lstm.shape.inputs
        for step in 0..<steps {
            for index in 0..<count { lstm.setInput(index, inputs[step * count + index]) }
            lstm.step()
        }
    }
}
