import FixedPoint
import Testing

@Suite("Gates")
struct GateTests {
    @Test("an opening is clipped to shut and open", arguments: [Int64.min, -1, Int64.max, 1 << 31])
    func clipping(value: Int64) {
        #expect(Gate(clamping: value) == (value < 0 ? .shut : .open))
    }

    @Test("open is exactly one: 2^31")
    func one() {
        #expect(Gate.open.bits == 1 << 31)
        #expect(Gate(clamping: (1 << 31) - 1) < .open)
    }

    @Test("a gate and its complement make exactly one", arguments: [0, 1, 1 << 30, 1 << 31])
    func complement(value: Int64) {
        let gate = Gate(clamping: value)
        #expect(Int64(gate.bits) + Int64(gate.complement.bits) == 1 << 31)
        #expect(gate.complement.complement == gate)
    }

    @Test(
        "a gate behind an open one is itself, behind a shut one shut",
        arguments: [0, 1, 1 << 30, 1 << 31])
    func behind(value: Int64) {
        let gate = Gate(clamping: value)
        #expect(gate.behind(.open) == gate && Gate.open.behind(gate) == gate)
        #expect(gate.behind(.shut) == .shut)
    }

    @Test("two gates multiply, rounded half up")
    func product() {
        let half = Gate(clamping: 1 << 30)
        #expect(half.behind(half).bits == 1 << 29)
        #expect(Gate(clamping: 3).behind(half).bits == 2)
        #expect(Gate(clamping: 1).behind(Gate(clamping: (1 << 30) - 1)).bits == 0)
    }
}
