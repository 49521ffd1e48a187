import FixedPoint
import Testing

@Suite("A gain at the ends of its shift")
struct GainShiftTests {
    private static let seed: UInt64 = 0x6A1_5417

    @Test("narrowed by more than 62 bits leaves nothing, not a unit", arguments: 49...62)
    func narrowed(shift: Int) throws {
        let gain = try #require(Gain(mantissa: .max, shift: shift))
        for value in [1, -1, Int64(Int32.max), -Int64(Int32.max)] {
            let exact = (Double(Int32.max) * Double(value)).rounded() / 2.0.power(shift + 13)
            #expect(gain.timesNarrowed(value) == Int64((exact + 0.5).rounded(.down)))
        }
    }

    @Test("multiplies large values as it does small ones")
    func largeAgrees() throws {
        var random = SplitMix64(seed: Self.seed)
        for _ in 0..<50_000 {
            let mantissa = Int32(random.uniform(-0x7FFF_FFFF...0x7FFF_FFFF))
            let gain = try #require(Gain(mantissa: mantissa, shift: random.uniform(17...62)))
            let value = Int64(random.uniform(-(1 << 32) + 1...(1 << 32) - 1))
            let expected = gain.timesWidened(value)
            // Beyond 2^62 the large product may lose its top bits.
            guard expected.magnitude < 1 << 62 else { continue }
            #expect(gain.timesWidened(large: value) == expected, "seed \(Self.seed)")
        }
    }

    @Test("multiplies values beyond 2^32 exactly")
    func large() throws {
        // 0.75 of 2^42 + 1, 16 bits finer.
        let gain = try #require(Gain(mantissa: 3 << 29, shift: 31))
        #expect(gain.timesWidened(large: (1 << 42) + 1) == 3 * ((1 << 42) + 1) << 14)
        #expect(gain.timesWidened(large: -(1 << 42) - 1) == -3 * ((1 << 42) + 1) << 14)
    }
}

extension Double {
    fileprivate func power(_ exponent: Int) -> Double {
        Double(sign: .plus, exponent: exponent, significand: 1)
    }
}
