import Control
import FixedPoint
import Testing

@Suite("The output limiter")
struct OutputLimiterTests {
    private static let seed: UInt64 = 0x11_4173

    @Test("moves by the slew rate and arrives exactly")
    func slew() {
        var limiter = OutputLimiter(slewPerTick: 100, start: .zero)
        let path = (0..<4).map { _ in limiter.apply(Q3_28(bits: 250)).bits }
        #expect(path == [100, 200, 250, 250])
        let back = (0..<4).map { _ in limiter.apply(.zero).bits }
        #expect(back == [150, 50, 0, 0])
    }

    @Test("keeps any command inside the range")
    func range() {
        var limiter = OutputLimiter(slewPerTick: .max, start: .one)
        #expect(limiter.apply(Q3_28(bits: .max)) == .one)
        #expect(limiter.apply(Q3_28(bits: .min)) == .zero)
    }

    @Test("never leaves the range nor outruns its rate, whatever is asked")
    func property() {
        var random = SplitMix64(seed: Self.seed)
        for _ in 0..<100 {
            let slew = Int32(random.uniform(1...Int(Int32.max)))
            var limiter = OutputLimiter(
                slewPerTick: slew, start: Q3_28(bits: Int32(random.uniform(0...(1 << 28)))))
            for _ in 0..<100 {
                let before = Int64(limiter.applied.bits)
                let command = Int32(truncatingIfNeeded: random.next())
                let applied = limiter.apply(Q3_28(bits: command))
                let moved = (Int64(applied.bits) - before).magnitude
                let isInside = applied >= .zero && applied <= .one
                #expect(isInside, "seed \(Self.seed)")
                #expect(moved <= UInt64(slew), "seed \(Self.seed)")
            }
        }
    }

    @Test("jumps to a level whatever the rate")
    func jump() {
        var limiter = OutputLimiter(slewPerTick: 1, start: .one)
        limiter.jump(to: .zero)
        #expect(limiter.applied == .zero)
        #expect(limiter.apply(.one).bits == 1)
    }
}
