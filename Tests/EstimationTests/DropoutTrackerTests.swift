import Estimation
import FixedPoint
import Testing

@Suite("The dropout tracker")
struct DropoutTrackerTests {
    private static let seed: UInt64 = 0x7AC4_E201

    @Test("knows nothing before the first measurement, and counts how long that has been")
    func unknownAtFirst() {
        var tracker = DropoutTracker()
        for age in 1...5 as ClosedRange<UInt32> {
            let estimate = tracker.update(nil, elapsedTicks: 1)
            #expect(estimate == Estimate(value: .zero, ageTicks: age, isKnown: false))
        }
    }

    @Test("takes the first measurement whole, at age zero")
    func firstMeasurement() {
        var tracker = DropoutTracker()
        _ = tracker.update(nil, elapsedTicks: 7)
        let estimate = tracker.update(Q3_28(bits: 123_456_789), elapsedTicks: 1)
        #expect(
            estimate == Estimate(value: Q3_28(bits: 123_456_789), ageTicks: 0, isKnown: true))
    }

    @Test(
        "repeats the ends of the span exactly, however often they come",
        arguments: [0, 1, (1 << 27) + 1, (1 << 28) - 1, 1 << 28, -(1 << 28)] as [Int32])
    func extremes(bits: Int32) {
        var tracker = DropoutTracker()
        for _ in 0..<100 {
            let estimate = tracker.update(Q3_28(bits: bits), elapsedTicks: 1)
            #expect(estimate.value.bits == bits)
        }
    }

    @Test("returns every measurement of a random sequence as it was given")
    func exact() {
        var random = SplitMix64(seed: Self.seed)
        var tracker = DropoutTracker()
        for _ in 0..<20_000 {
            // The ends are as likely as everything between them.
            let draw = random.uniform(0...3)
            let bits = draw == 0 ? 0 : draw == 1 ? 1 << 28 : random.uniform(0...(1 << 28))
            let value = Q3_28(bits: Int32(bits))
            #expect(tracker.update(value, elapsedTicks: 1).value == value, "seed \(Self.seed)")
        }
    }

    @Test("holds bit for bit through a million silent ticks")
    func holds() {
        var tracker = DropoutTracker()
        let held = Q3_28(bits: 98_765_431)
        _ = tracker.update(held, elapsedTicks: 1)
        var isHeld = true
        var tick: UInt32 = 0
        while tick < 1_000_000 {
            tick += 1
            let estimate = tracker.update(nil, elapsedTicks: 1)
            isHeld = isHeld && estimate == Estimate(value: held, ageTicks: tick, isKnown: true)
        }
        #expect(isHeld)
    }

    @Test("counts missed periods into the age, and stops at the largest age")
    func ageSaturates() {
        var tracker = DropoutTracker()
        _ = tracker.update(Q3_28(bits: 5), elapsedTicks: 9)
        #expect(tracker.update(nil, elapsedTicks: 3).ageTicks == 3)
        #expect(tracker.update(nil, elapsedTicks: .max - 3).ageTicks == .max)
        #expect(tracker.update(nil, elapsedTicks: 1).ageTicks == .max)
        #expect(tracker.update(nil, elapsedTicks: .max).ageTicks == .max)
        #expect(tracker.update(Q3_28(bits: 6), elapsedTicks: .max).ageTicks == 0)
    }

    @Test("clips what lies beyond a whole span and holds the clipped value", arguments: [1, -1])
    func beyondTheSpan(sign: Int32) {
        var tracker = DropoutTracker()
        let estimate = tracker.update(Q3_28(bits: sign * .max), elapsedTicks: 1)
        #expect(estimate.value.bits == sign << 28)
        #expect(tracker.update(nil, elapsedTicks: 1).value == estimate.value)
    }
}
