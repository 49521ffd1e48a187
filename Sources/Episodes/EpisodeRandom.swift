import FixedPoint
import Tuning

/// Chance for families and episodes: one stream, the same on every machine.
package struct EpisodeRandom: Sendable {
    private var bits: SplitMix64

    /// Streams of one seed do not overlap in practice.
    package init(seed: UInt64, stream: UInt64) {
        var mixer = SplitMix64(seed: seed)
        bits = SplitMix64(seed: mixer.next() ^ (stream &+ 1) &* 0x9E37_79B9_7F4A_7C15)
    }

    package mutating func uniform(_ range: ClosedRange<Double>) -> Double {
        let fraction = Double(bits.next() >> 11) * 0x1p-53
        return range.lowerBound + (range.upperBound - range.lowerBound) * fraction
    }

    /// Uniform in the logarithm. - Precondition: positive bounds.
    package mutating func logUniform(_ range: ClosedRange<Double>) -> Double {
        PortableMath.exp(
            uniform(PortableMath.ln(range.lowerBound)...PortableMath.ln(range.upperBound)))
    }

    package mutating func integer(_ range: ClosedRange<Int>) -> Int { bits.uniform(range) }

    /// -1 or 1.
    package mutating func sign() -> Double { bits.next() >> 63 == 0 ? 1 : -1 }

    /// Nearly normal, mean 0 and deviation 1: twelve uniform numbers less six.
    package mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += Double(bits.next() >> 11) * 0x1p-53 }
        return sum
    }
}
