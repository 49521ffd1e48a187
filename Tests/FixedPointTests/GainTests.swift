import FixedPoint
import Testing

@Suite("Gains")
struct GainTests {
    @Test("a shift outside 17 ... 62 is no gain", arguments: [Int.min, -1, 0, 16, 63, Int.max])
    func shifts(shift: Int) {
        #expect(Gain(mantissa: 1, shift: shift) == nil)
    }

    @Test("the most negative mantissa is no gain")
    func mantissa() {
        #expect(Gain(mantissa: Int32.min, shift: 31) == nil)
        #expect(Gain(mantissa: -Int32.max, shift: 31) != nil)
    }

    @Test("no gain wraps on the largest value, in any of its formats", arguments: 17...62)
    func largest(shift: Int) throws {
        let value = (Int64(1) << 32) - 1
        for mantissa in [Int32.max, -Int32.max] {
            let gain = try #require(Gain(mantissa: mantissa, shift: shift))
            for sign in [Int64(1), -1] {
                let product = Int128(mantissa) * Int128(sign * value)
                #expect(Int128(gain.times(sign * value)) == rounded(product, shift))
                #expect(Int128(gain.timesWidened(sign * value)) == rounded(product, shift - 16))
            }
        }
    }

    @Test("a gain narrows the largest value exactly", arguments: 17...62)
    func narrowed(shift: Int) throws {
        let value = (Int64(1) << 31) - 1
        let gain = try #require(Gain(mantissa: Int32.max, shift: shift))
        for sign in [Int64(1), -1] {
            let product = Int128(Int32.max) * Int128(sign * value)
            #expect(Int128(gain.timesNarrowed(sign * value)) == rounded(product, shift + 13))
        }
    }

    @Test("zero times anything is zero")
    func zero() {
        #expect(Gain.zero.times((1 << 32) - 1) == 0)
        #expect(Gain.zero.timesWidened(-(1 << 31)) == 0)
    }

    @Test("three quarters of a hundred are seventy-five, widened by 16 bits and narrowed by 13")
    func value() throws {
        let gain = try #require(Gain(mantissa: 3 << 28, shift: 30))
        #expect(gain.times(100) == 75)
        #expect(gain.timesWidened(100) == 75 << 16)
        #expect(gain.timesNarrowed(100 << 13) == 75)
    }

    private func rounded(_ product: Int128, _ shift: Int) -> Int128 {
        (product + (Int128(1) << (shift - 1))) >> shift
    }
}
