import FixedPoint
import Testing

@Test("engineering values are ordered as their integers")
func order() {
    #expect(Q16_16(bits: -1) < Q16_16(bits: 0))
}
