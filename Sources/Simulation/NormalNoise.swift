import FixedPoint

/// Noise that is nearly normal, from integers and additions alone.
///
/// The sum of twelve uniform numbers less six (Irwin-Hall): no logarithm and no cosine, whose last
/// bits differ from one C library to the next, so a seed gives the same run on every machine. Its
/// tails end at six deviations.
package struct NormalNoise: Sendable {
    private var random: SplitMix64

    /// Streams of one seed do not overlap in practice: each starts at a hashed state.
    package init(seed: UInt64, stream: UInt64) {
        var mixer = SplitMix64(seed: seed)
        let base = mixer.next()
        random = SplitMix64(seed: base ^ (stream &+ 1) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// The next sample, mean 0 and deviation 1.
    package mutating func next() -> Double {
        var sum = -6.0
        for _ in 0..<12 {
            sum += Double(random.next() >> 11) * 0x1p-53
        }
        return sum
    }
}
