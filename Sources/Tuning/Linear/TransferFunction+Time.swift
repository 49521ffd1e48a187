import Glibc

extension TransferFunction {
    /// The output at equally spaced times for a held input, from rest; exact for any dead time.
    ///
    /// `input[k]` acts from `k * periodSeconds` on for one period; `output[k]` belongs to the time
    /// `k * periodSeconds`, so that `output[0]` is 0 and the last input shows in nothing.
    package func output(toHeld input: [Double], periodSeconds: Double) -> [Double] {
        let system = SampledProcess(self, periodSeconds: periodSeconds)
        var process = system
        return input.map { level in
            let output = process.output
            process.advance(input: level)
            return output
        }
    }

    /// The response to a unit step at time 0, at equally spaced times that begin with 0.
    package func stepResponse(count: Int, periodSeconds: Double) -> [Double] {
        output(toHeld: [Double](repeating: 1, count: count), periodSeconds: periodSeconds)
    }
}
