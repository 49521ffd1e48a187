import FixedPoint
import Foundation
import GatedMemory

/// What the integers of a network differ from double precision, in units of 1.0.
///
/// The span of a hidden value, -1 ... 1, is 2.0: a fraction of the span is half of these figures.
public struct ArithmeticError: Sendable {
    /// Of `h`, when the float network feeds back its own `h`: errors pass through the recurrence.
    public let free: ErrorStatistics
    /// Of `h`, when the float network is fed the integers' `h`.
    public let forced: ErrorStatistics
    /// Of `tanh(c)` in the forced run: of what the cells hold, before `h` is rounded.
    public let memory: ErrorStatistics

    /// Runs a case in integers and twice in double precision.
    public init(of golden: GoldenCase, steps: Int) throws {
        guard let network = golden.network else { throw CocoaError(.coderInvalidValue) }
        var floats = (free: FloatNetwork(network), forced: FloatNetwork(network))
        let inputs = golden.inputs(steps: steps)
        let unit = scalbn(1.0, -network.format.fractionBits)
        var (free, forced, memory) = (ErrorStatistics(), ErrorStatistics(), ErrorStatistics())
        try network.withNetwork { lstm in
            var state = NetworkState(of: lstm)
            for x in inputs {
                let before = state.h.map { Double($0) / 32_768 }
                for (index, value) in x.enumerated() { lstm.setInput(index, value) }
                lstm.step()
                state = NetworkState(of: lstm)
                let scaled = x.map { Double($0) / 32_768 }
                floats.free.step(inputs: scaled, hidden: floats.free.h)
                floats.forced.step(inputs: scaled, hidden: before)
                for index in state.h.indices {
                    let h = Double(state.h[index]) / 32_768
                    free.add(floats.free.h[index] - h)
                    forced.add(floats.forced.h[index] - h)
                    let held = tanh(Double(state.c[index]) * unit)
                    memory.add(tanh(floats.forced.c[index]) - held)
                }
            }
        }
        (self.free, self.forced, self.memory) = (free, forced, memory)
    }
}
