import Control
import FixedPoint
import ModelFile
import Testing

@Suite("Feed-forward from a measured disturbance")
struct FeedForwardTests {
    /// Disturbances 0 ... 50, nothing added at 10; half an output range for a span, 5 % to 30 % of it.
    private static func bench(
        _ law: SupervisorState = .fallback, gain: Double = 0.5, lag: Double = 1, lead: Double = 0,
        high: Double = 0.3, step: Double = 0.01, holds: Bool = false
    ) throws -> LoopBench {
        let range = try #require(
            EngineeringRange(low: Q16_16(bits: 0), high: Q16_16(bits: 50 << 16)))
        let parameters = FeedForwardParameters(
            range: range, maxRatePerSecond: Q16_16(bits: 40 << 16),
            maxAgeNanoseconds: 3 * LoopBench.period, zero: Q16_16(bits: 10 << 16),
            gain: try #require(Gain(gain)), lag: try #require(Gain(lag)),
            lead: try #require(Gain(lead)), low: fraction(-0.05), high: fraction(high),
            stepPerTick: fraction(step).bits, holds: holds)
        var bench = try LoopBench(law) { $0.feedForward = parameters }
        bench.feed = Q16_16(bits: 10 << 16)
        return bench
    }

    private static func fraction(_ value: Double) -> Q3_28 {
        Q3_28(bits: Int32((value * 0x1p28).rounded()))
    }

    private func added(_ record: TickRecord) -> Double { Double(record.feedForward.bits) / 0x1p28 }
    /// Rounding of the gain and of two maps between a range and fractions.
    private static let rounding = 1e-7

    @Test(
        "it is added to the law's command within its limits, in the same tick",
        arguments: [SupervisorState.fallback, .learned])
    func isAdded(law: SupervisorState) throws {
        var bench = try Self.bench(law)
        let before = bench.run(20, at: 45)
        #expect(before.feedForward == .zero && before.feedForwardState == 1)
        bench.feed = Q16_16(bits: 20 << 16)
        let after = bench.tick(45)
        #expect(abs(added(after) - 0.1) < Self.rounding)
        let step = Double(after.applied.bits - before.applied.bits) / 0x1p28
        // Beside it the integral's part of one tick: 0.01 of 5 in 120.
        #expect(abs(step - 0.1 - 0.01 * 5 / 120) < 1e-5)
        bench.feed = Q16_16(bits: 49 << 16)
        #expect(abs(added(bench.tick(45)) - 0.3) < Self.rounding)
        bench.feed = Q16_16(bits: 15 << 16)
        bench.tick(45)
        bench.feed = Q16_16(bits: 0)
        #expect(abs(added(bench.tick(45)) + 0.05) < Self.rounding)
    }

    @Test("the anti-windup sees the sum", arguments: [SupervisorState.fallback, .learned])
    func antiWindup(law: SupervisorState) throws {
        var bench = try Self.bench(law, gain: 1.25, high: 1)
        bench.run(20, at: 48)
        // 30 of 50 more: three quarters of the range, on top of a command that grows.
        bench.feed = Q16_16(bits: 40 << 16)
        let full = bench.run(2_000, at: 40)
        #expect(full.applied == .one)
        // The law keeps a quarter: at the setpoint, its proportional part gone, no more is left.
        let own = law == .learned ? full.learnedCommand : full.pidCommand
        #expect(Double(own.bits) / 0x1p28 < 0.45)
        let back = bench.tick(52)
        #expect(back.applied < .one)
    }

    @Test("a transfer between the laws moves nothing while something is added")
    func transfer() throws {
        var bench = try Self.bench(.learned)
        bench.feed = Q16_16(bits: 30 << 16)
        let before = bench.run(100, at: 50)
        bench.requested = .fallback
        let after = bench.tick(50)
        #expect(before.lawState == .learned && after.lawState == .fallback)
        #expect(abs(Double(after.applied.bits - before.applied.bits)) / 0x1p28 < 1e-4)
    }

    @Test("by hand nothing is added, and the way back moves nothing")
    func manual() throws {
        var bench = try Self.bench()
        bench.feed = Q16_16(bits: 30 << 16)
        bench.run(20, at: 50)
        bench.manual = Q16_16(bits: 33 << 16)
        #expect(bench.run(50, at: 50).output.bits == 33 << 16)
        bench.manual = nil
        let back = bench.tick(50)
        #expect((back.output.bits - (33 << 16)).magnitude < 65_536 / 100)
    }

    @Test(
        "without a plausible reading it fades at its rate, and the loop goes on",
        arguments: [SensorFault.stale, .disconnected, .malformed])
    func fades(fault: SensorFault) throws {
        var bench = try Self.bench()
        bench.feed = Q16_16(bits: 20 << 16)
        bench.run(20, at: 50)
        bench.feedFault = fault
        let first = bench.tick(50)
        #expect(first.feedForwardState == FeedForwardState.fades.rawValue)
        #expect(first.lawState == .fallback && first.feedFault == fault.rawValue)
        #expect(abs(added(first) - 0.09) < Self.rounding)
        let last = bench.run(20, at: 50)
        #expect(last.feedForward == .zero && last.lawState == .fallback)
        bench.feedFault = nil
        let back = bench.tick(50)
        #expect(back.feedForwardState == FeedForwardState.returns.rawValue)
        #expect(abs(added(back) - 0.01) < Self.rounding)
        let whole = bench.run(9, at: 50)
        #expect(abs(added(whole) - 0.1) < Self.rounding)
        #expect(whole.feedForwardState == FeedForwardState.acts.rawValue)
    }

    @Test("where it is to hold, it holds to the last bit, and comes back at its rate")
    func holds() throws {
        var bench = try Self.bench(holds: true)
        bench.feed = Q16_16(bits: 20 << 16)
        let before = bench.run(20, at: 50).feedForward
        bench.feedFault = .disconnected
        let held = bench.run(500, at: 50)
        #expect(held.feedForward == before)
        #expect(held.feedForwardState == FeedForwardState.holds.rawValue)
        bench.feedFault = nil
        bench.feed = Q16_16(bits: 30 << 16)
        #expect(abs(added(bench.tick(50)) - 0.11) < Self.rounding)
    }

    @Test("a reading out of range, too fast or too old is none")
    func implausible() throws {
        var bench = try Self.bench()
        bench.run(5, at: 50)
        bench.feed = Q16_16(bits: 51 << 16)
        #expect(bench.tick(50).feedForwardState == FeedForwardState.fades.rawValue)
        bench.feed = Q16_16(bits: 10 << 16)
        #expect(bench.tick(50).feedForwardState == FeedForwardState.acts.rawValue)
        bench.feed = nil
        // Without a new reading the bench gives one of time 0.
        #expect(bench.tick(50).feedForwardState == FeedForwardState.fades.rawValue)
    }

    @Test("a lead acts at once, a lag later, and both end at the gain to the last bit")
    func leadLag() throws {
        var lead = try Self.bench(lag: 0.2, lead: 2)
        var lag = try Self.bench(lag: 0.2)
        var plain = try Self.bench()
        for index in 0..<2 {
            let feed = Q16_16(bits: (index == 0 ? 10 : 20) << 16)
            lead.feed = feed
            lag.feed = feed
            plain.feed = feed
            if index == 0 {
                for _ in 0..<5 { _ = (lead.tick(50), lag.tick(50), plain.tick(50)) }
            }
        }
        // x = 0.2 d, then x + 2 (d - x), and x alone.
        #expect(abs(added(lead.tick(50)) - 0.1 * 1.8) < Self.rounding)
        #expect(abs(added(lag.tick(50)) - 0.1 * 0.2) < Self.rounding)
        let settled = (lead.run(300, at: 50), lag.run(300, at: 50), plain.tick(50))
        #expect(settled.0.feedForward == settled.2.feedForward)
        #expect(settled.1.feedForward == settled.2.feedForward)
    }

    @Test("in the safe state it adds nothing, and what it adds later begins at once")
    func safe() throws {
        var bench = try Self.bench()
        bench.feed = Q16_16(bits: 20 << 16)
        bench.run(20, at: 50)
        bench.requested = .safe
        #expect(bench.run(5, at: 50).output.bits == 0)
        bench.feedFault = .disconnected
        bench.run(30, at: 50)
        bench.feedFault = nil
        #expect(abs(added(bench.tick(50)) - 0.1) < Self.rounding)
        bench.requested = .fallback
        // From the safe level on without a bump: the law carries the difference.
        let first = bench.tick(50)
        #expect(first.lawState == .fallback && first.output.bits < 65_536)
    }
}
