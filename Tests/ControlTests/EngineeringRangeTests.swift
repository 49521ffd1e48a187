import Control
import FixedPoint
import Testing

@Suite("An engineering range")
struct EngineeringRangeTests {
    private static let seed: UInt64 = 0xE9_6A1E

    private func range(_ low: Int32, _ high: Int32) throws -> EngineeringRange {
        try #require(EngineeringRange(low: Q16_16(bits: low), high: Q16_16(bits: high)))
    }

    @Test(
        "does not exist without a span, or with one beyond 32768 units",
        arguments: [(5, 5), (6, 5), (.min, 0), (.min, .max), (-2, .max)] as [(Int32, Int32)])
    func refused(low: Int32, high: Int32) {
        #expect(EngineeringRange(low: Q16_16(bits: low), high: Q16_16(bits: high)) == nil)
    }

    @Test(
        "maps its ends to 0 and 1 and back, exactly",
        arguments: [
            (0, 1), (-1, .max - 1), (0, 120 << 16), (-5 << 16, 7_777_777), (0, .max),
            (-.max, -1), (-(1 << 30), (1 << 30) - 1),
        ] as [(Int32, Int32)])
    func ends(low: Int32, high: Int32) throws {
        let range = try range(low, high)
        #expect(range.fraction(of: range.low) == .zero)
        #expect(range.fraction(of: range.high) == .one)
        #expect(range.value(at: .zero) == range.low)
        #expect(range.value(at: .one) == range.high)
    }

    @Test("returns every value of a range up to 4096 units wide as it was")
    func roundTrip() throws {
        var random = SplitMix64(seed: Self.seed)
        for _ in 0..<20_000 {
            let low = random.uniform(-(1 << 30)...(1 << 30))
            let span = random.uniform(1...(1 << 28))
            let range = try range(Int32(low), Int32(low + span))
            let value = Q16_16(bits: Int32(low + random.uniform(0...span)))
            #expect(range.value(at: range.fraction(of: value)) == value, "seed \(Self.seed)")
        }
    }

    @Test("rounds half up, below the range too, and clips to 8 spans")
    func rounding() throws {
        var random = SplitMix64(seed: Self.seed)
        for _ in 0..<20_000 {
            let low = random.uniform(-(1 << 30)...(1 << 30))
            let span = random.uniform(1...(1 << 30))
            let range = try range(Int32(low), Int32(low + span))
            let value = random.uniform(Int(Int32.min)...Int(Int32.max))
            // floor(2 x + 1) / 2 of x = (value - low) 2^28 / span, in whole numbers.
            let doubled = (value - low) * (1 << 29) + span
            let quotient =
                doubled >= 0 ? doubled / (2 * span) : -((2 * span - 1 - doubled) / (2 * span))
            let expected = min(max(quotient, -0x7FFF_FFFF), 0x7FFF_FFFF)
            let found = range.fraction(of: Q16_16(bits: Int32(value))).bits
            #expect(Int(found) == expected, "seed \(Self.seed)")
        }
    }

    @Test("clips values at fractions that the unit cannot hold")
    func clips() throws {
        let range = try range(0, .max)
        #expect(range.value(at: Q3_28(bits: .max)).bits == .max)
        #expect(range.value(at: Q3_28(bits: -.max)).bits == -.max)
    }

    @Test("contains its ends and nothing beyond them")
    func contains() throws {
        let range = try range(-10, 20)
        let inside = [-10, 0, 20].allSatisfy { range.contains(Q16_16(bits: $0)) }
        let outside = [-11, 21, Int32.min, .max].contains { range.contains(Q16_16(bits: $0)) }
        #expect(inside && !outside)
    }
}
