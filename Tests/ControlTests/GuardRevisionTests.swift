import Control
import FixedPoint
import ModelFile
import Testing

@Suite("Guards under another configuration")
struct GuardRevisionTests {
    /// The rules of a loop with one limit of its second sensor moved.
    private static func revise(_ bench: LoopBench, _ change: (inout LoopParameters) -> Void) {
        var parameters = bench.instance.loop.parameters
        change(&parameters)
        bench.instance.loop.revise(parameters)
    }

    private static func guarded(_ parameters: inout LoopParameters) {
        StuckSensorTests.guarded(&parameters)
        AgreementTests.guarded(&parameters)
    }

    @Test("a stuck sensor stays one when the second sensor gets other limits")
    func stuck() throws {
        var bench = try LoopBench(change: Self.guarded)
        bench.check = Q16_16(bits: 40 << 16)
        #expect(bench.run(60, at: 40).why == .sensorStuck)
        Self.revise(bench) { $0.guards.agreement?.limitHigh = Q16_16(bits: 80 << 16) }
        // Beyond the time of recovery, which is 5 good ticks.
        let records = (0..<20).map { _ in bench.tick(40) }
        #expect(records.allSatisfy { $0.why == .sensorStuck && $0.output.bits == 0 })
    }

    @Test("a second sensor that disagrees does so under other limits, which hold at once")
    func agreement() throws {
        var bench = try LoopBench(change: Self.guarded)
        bench.check = Q16_16(bits: 50 << 16)
        for step in 0..<10 { bench.tick(40 + 0.6 * Double(step)) }
        #expect(bench.records.last?.why == .sensorDisagreement)
        Self.revise(bench) { $0.guards.agreement?.limitHigh = Q16_16(bits: 49 << 16) }
        let record = bench.tick(46)
        #expect(record.why == .limitHigh && record.latched == 1)
        Self.revise(bench) { $0.guards.agreement?.limitHigh = Q16_16(bits: 85 << 16) }
        #expect(bench.tick(46).output.bits == 0)
    }

    @Test("a rule whose own direction is another one begins anew")
    func reversed() throws {
        let limits = ResponseLimits(
            command: Q3_28(bits: 1 << 24), change: Q16_16(bits: 2 << 16), ticks: 5,
            isReversed: false)
        var bench = try LoopBench { $0.guards.uncommanded = limits }
        bench.requested = .safe
        // Rising by half a degree a tick, five ticks of which are more than the change.
        for step in 0..<20 { bench.tick(30 + 0.5 * Double(step)) }
        #expect(bench.records.last?.why == .uncommanded)
        Self.revise(bench) { $0.guards.uncommanded?.isReversed = true }
        let records = (0..<20).map { step in bench.tick(40 + 0.5 * Double(step)) }
        #expect(records.allSatisfy { $0.why != .uncommanded || $0.latched == 1 })
        #expect(records.last?.why == .requested && records.last?.latched == 0)
    }
}
