import FixedPoint
import Testing

@Suite("Rounding")
struct RoundingTests {
    @Test("a half rounds up, on both sides of zero")
    func halves() {
        #expect(
            [-3, -2, -1, 0, 1, 2, 3].map { Rounding.halfUp($0, 1) } == [-1, -1, 0, 0, 1, 1, 2])
    }

    @Test("a shift of zero changes nothing", arguments: [Int64.min, -1, 0, 1, Int64.max])
    func noShift(value: Int64) {
        #expect(Rounding.halfUp(value, 0) == value)
    }

    @Test("no shift wraps at the ends of the integers", arguments: Int64(1)...62)
    func ends(shift: Int64) {
        let unit = Int64(1) << (62 - shift)
        #expect(Rounding.halfUp(Int64.max, shift) == 2 * unit)
        #expect(Rounding.halfUp(Int64.min, shift) == -2 * unit)
    }

    @Test("it equals the definition in wide integers on random values")
    func definition() {
        var random = SplitMix64(seed: 51)
        for _ in 0..<5_000 {
            let value = Int64(bitPattern: random.next()) >> Int64(random.uniform(0...63))
            let shift = random.uniform(1...62)
            let sum = Int128(value) + (Int128(1) << (shift - 1))
            #expect(Int128(Rounding.halfUp(value, Int64(shift))) == sum >> shift)
        }
    }

    @Test("clips keep the most negative integer out")
    func clips() {
        let limit = Int64(Int32.max)
        #expect(Rounding.saturated32(Int64.min) == -Int32.max)
        #expect(Rounding.saturated32(-limit - 1) == -Int32.max)
        #expect(Rounding.saturated32(-limit) == -Int32.max)
        #expect(Rounding.saturated32(limit) == Int32.max)
        #expect(Rounding.saturated32(limit + 1) == Int32.max)
        #expect(Rounding.saturated32(Int64.max) == Int32.max)
        #expect(Rounding.saturated16(Int64.min) == -32_767)
        #expect(Rounding.saturated16(-32_768) == -32_767)
        #expect(Rounding.saturated16(-32_767) == -32_767)
        #expect(Rounding.saturated16(32_767) == 32_767)
        #expect(Rounding.saturated16(32_768) == 32_767)
        #expect(Rounding.saturated16(Int64.max) == 32_767)
    }
}
