import FixedPoint

/// The inputs of a golden run, step by step (`docs/golden-vectors.md`).
public struct GoldenInput: Decodable, Sendable {
    let kind: String
    let seed: UInt64
    let amplitude: Int
    let periods: [Int]
    let signs: [Int]

    /// The inputs of all steps, Q15.
    func values(steps: Int, inputs: Int) -> [[Int16]] {
        var random = SplitMix64(seed: seed)
        return (0..<steps).map { step in
            (0..<inputs).map { index in
                if kind == "uniform" {
                    return Int16(truncatingIfNeeded: random.uniform(-amplitude...amplitude))
                }
                let isEven = (step / periods[index]).isMultiple(of: 2)
                return Int16(truncatingIfNeeded: (isEven ? 1 : -1) * signs[index] * amplitude)
            }
        }
    }
}
