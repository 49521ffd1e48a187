import CFloatLSTM
import CMeter
import CellReference
import FixedPoint
import Foundation
import GatedMemory

/// Time and allocations of 10,000 steps, in slices by turns with the float network: the fastest slice of each.
///
/// Swift is built for the baseline of its target, C for the machine it runs on (`-O3 -march=native
/// -ffast-math`, `expf` and `tanhf` of libm).
enum StepBenchmark {
    /// Shorter than a scheduler's time slice, so that other programs do not count.
    private static let slice = 200

    static func measure(isShort: Bool) throws -> [Finding] {
        let turns = isShort ? 3 : 20
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
        let count = network.shape.inputs
        let inputs = golden.inputs(steps: steps).flatMap(\.self)
        let atStart = flyball_allocations()
        let rival = FloatRival(network)
        let atSetUp = flyball_allocations() - atStart
        let floats = inputs.map { Float($0) / 32_768 }
        var (ours, theirs, allocations) = (Double.infinity, Double.infinity, UInt64(0))
        try network.withNetwork { lstm in
            for first in (0..<turns).flatMap({ _ in stride(from: 0, to: steps, by: slice) }) {
                let range = first * count..<(first + slice) * count
                let (mine, others) = (inputs.span.extracting(range), Array(floats[range]))
                let before = flyball_allocations()
                let start = DispatchTime.now().uptimeNanoseconds
                run(&lstm, mine, steps: slice)
                let middle = DispatchTime.now().uptimeNanoseconds
                allocations += flyball_allocations() - before
                rival.run(others, steps: slice)
                let end = DispatchTime.now().uptimeNanoseconds
                ours = min(ours, Double(middle - start) / Double(slice))
                theirs = min(theirs, Double(end - middle) / Double(slice))
            }
        }
        return Finding(
            .steps, "H = \(network.shape.units), N = \(network.shape.inputs)",
            [
                Figure("ns_per_step", ours), Figure("ns_per_step_c", theirs),
                Figure("ratio", ours / theirs),
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
