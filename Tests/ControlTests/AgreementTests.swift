import Control
import FixedPoint
import ModelFile
import Testing

@Suite("A second sensor")
struct AgreementTests {
    /// 3 C for 5 ticks; its range 0 ... 120 C, its limits 0 and 85 C.
    static func guarded(_ parameters: inout LoopParameters) {
        parameters.guards.agreement = AgreementLimits(
            range: parameters.measurementRange, limitLow: Q16_16(bits: 0),
            limitHigh: Q16_16(bits: 85 << 16), maxAgeNanoseconds: 5 * LoopBench.period,
            disagreement: Q16_16(bits: 3 << 16), ticks: 5)
    }

    /// One tick in which the second sensor says something, or nothing.
    private func tick(
        _ bench: inout LoopBench, _ units: Double, other: Double?
    ) -> TickRecord {
        bench.check = other.flatMap { Q16_16($0) }
        bench.checkFault = other == nil ? .stale : nil
        return bench.tick(units)
    }

    @Test("two that agree change nothing: the law uses the first")
    func agree() throws {
        var bench = try LoopBench(change: Self.guarded)
        var alone = try LoopBench()
        for step in 0..<50 {
            let units = 40 + 0.1 * Double(step)
            let record = tick(&bench, units, other: units - 2.9)
            #expect(record.output == alone.tick(units).output)
            #expect(record.lawState == .fallback)
        }
    }

    @Test("a disagreement of 5 ticks is safe, one of 4 is not", arguments: [36.9, 43.1])
    func disagree(other: Double) throws {
        var bench = try LoopBench(change: Self.guarded)
        for _ in 0..<10 { _ = tick(&bench, 40, other: 40) }
        for _ in 0..<4 { #expect(tick(&bench, 40, other: other).lawState == .fallback) }
        #expect(tick(&bench, 40, other: 40).lawState == .fallback)
        for _ in 0..<4 { #expect(tick(&bench, 40, other: other).lawState == .fallback) }
        let tripped = tick(&bench, 40, other: other)
        #expect(tripped.why == .sensorDisagreement && tripped.latched == 0)
        #expect(tripped.output.bits == 0)
    }

    @Test("a second sensor that is silent, or out of its range, does not agree")
    func silent() throws {
        for other in [nil, 121.0] {
            var bench = try LoopBench(change: Self.guarded)
            for _ in 0..<10 { _ = tick(&bench, 40, other: 40) }
            for _ in 0..<4 { _ = tick(&bench, 40, other: other) }
            #expect(tick(&bench, 40, other: other).why == .sensorDisagreement)
        }
    }

    @Test("the way back is as many good ticks as after a lost sensor")
    func wayBack() throws {
        var bench = try LoopBench(change: Self.guarded)
        for _ in 0..<20 { _ = tick(&bench, 40, other: 50) }
        let states = (0..<6).map { _ in tick(&bench, 40, other: 40).lawState }
        #expect(states == Array(repeating: .safe, count: 4) + [.fallback, .fallback])
    }

    @Test("a limit of the second sensor is one of the loop's, in the same tick")
    func limit() throws {
        var bench = try LoopBench(change: Self.guarded)
        for _ in 0..<10 { _ = tick(&bench, 40, other: 40) }
        let tripped = tick(&bench, 40, other: 85)
        #expect(tripped.why == .limitHigh && tripped.latched == 1)
    }
}
