import Control
import FixedPoint
import ModelFile
import Testing

@Suite("A plant that does not do what it is told")
struct ResponseTests {
    /// At 80 % and more, 3 C within 30 ticks; at 5 % and less, no more than 2 C within 30.
    static func guarded(_ parameters: inout LoopParameters) {
        parameters.guards.unresponsive = limits(percent: 80, change: 3)
        parameters.guards.uncommanded = limits(percent: 5, change: 2)
    }

    static func limits(
        percent: Int32, change: Int32, isReversed: Bool = false
    ) -> ResponseLimits {
        ResponseLimits(
            command: Q3_28(bits: (1 << 28) / 100 * percent), change: Q16_16(bits: change << 16),
            ticks: 30, isReversed: isReversed)
    }

    @Test("a heater that heats and holds its setpoint trips neither rule")
    func healthy() throws {
        var heated = try HeatedBench(change: Self.guarded)
        heated.bench.target = Q16_16(bits: 80 << 16)
        #expect(heated.run(400).allSatisfy { $0.lawState == .fallback })
        heated.bench.target = Q16_16(bits: 30 << 16)
        #expect(heated.run(400).allSatisfy { $0.lawState == .fallback })
    }

    @Test("a dead heater trips after 30 ticks of high command: unresponsive, latched")
    func dead() throws {
        var bench = try LoopBench(change: Self.guarded)
        bench.manual = Q16_16(90)
        // The first tick only applies the command.
        let records = (0..<32).map { _ in bench.tick(25) }
        #expect(records[30].lawState == .fallback)
        #expect(records[31].why == .unresponsive && records[31].latched == 1)
        #expect(records[31].output.bits == 0)
        bench.manual = nil
        #expect(bench.run(100, at: 25).latched == 1)
        bench.requested = .safe
        #expect(bench.run(1, at: 25).latched == 0)
    }

    @Test("a heater that dies at work trips once the command is high")
    func dies() throws {
        var heated = try HeatedBench(change: Self.guarded)
        var records: [TickRecord] = []
        for _ in 0..<200 {
            records.append(heated.bench.tick(heated.temperature))
            heated.temperature += (HeatedBench.ambient - heated.temperature) / HeatedBench.lagTicks
        }
        let high = try #require(records.firstIndex { $0.output.bits >= 80 << 16 })
        let trip = try #require(records.firstIndex { $0.lawState == .safe })
        #expect(records[trip].why == .unresponsive)
        #expect(trip - high <= 32)
    }

    @Test("below the command nothing is asked, and movement the wrong way is none")
    func below() throws {
        var bench = try LoopBench(change: Self.guarded)
        bench.manual = Q16_16(79)
        #expect(bench.run(300, at: 25).lawState == .fallback)
        bench.manual = Q16_16(90)
        let records = (0..<40).map { bench.tick(70 - Double($0)) }
        #expect(records.contains { $0.why == .unresponsive })
    }

    @Test("a negative gain asks for the other direction")
    func reversed() throws {
        var bench = try LoopBench { parameters in
            parameters.guards.unresponsive = Self.limits(percent: 80, change: 3, isReversed: true)
        }
        bench.manual = Q16_16(90)
        let falling = (0..<60).map { bench.tick(80 - 0.5 * Double($0)) }
        #expect(falling.allSatisfy { $0.lawState == .fallback })
        let rising = (0..<32).map { bench.tick(51 + 0.5 * Double($0)) }
        #expect(rising.contains { $0.why == .unresponsive })
    }

    @Test("a high safe level asks for nothing")
    func highSafeLevel() throws {
        var bench = try LoopBench { parameters in
            Self.guarded(&parameters)
            parameters.safeLevel = Q16_16(bits: 100 << 16)
        }
        bench.requested = .safe
        #expect(bench.run(200, at: 25).why == .requested)
        #expect(bench.records.allSatisfy { $0.latched == 0 })
    }

    @Test("a heater that cannot be turned off trips: uncommanded, latched, whatever is asked for")
    func stuckOn() throws {
        var bench = try LoopBench(change: Self.guarded)
        bench.run(10, at: 40)
        bench.requested = .safe
        // It dies away for 30 ticks; then the window begins.
        let records = (0..<60).map { bench.tick(40 + 0.5 * Double($0)) }
        let trip = try #require(records.firstIndex { $0.why == .uncommanded })
        #expect(trip >= 30 && trip <= 36)
        #expect(records[trip].latched == 1 && records[trip].output.bits == 0)
        #expect(records[trip...].allSatisfy { $0.why == .uncommanded })
    }

    @Test("the latch of an uncommanded rise opens after a window without one")
    func uncommandedWayBack() throws {
        var bench = try LoopBench(change: Self.guarded)
        bench.requested = .safe
        for tick in 0..<60 { bench.tick(40 + 0.5 * Double(tick)) }
        let quiet = (0..<61).map { _ in bench.tick(70) }
        #expect(quiet[0].latched == 1)
        #expect(quiet[60].latched == 0 && quiet[60].why == .requested)
    }

    @Test("heat that was commanded before may still arrive")
    func diesAway() throws {
        var bench = try LoopBench(change: Self.guarded)
        bench.manual = Q16_16(60)
        bench.run(20, at: 40)
        bench.manual = Q16_16(0)
        let after = (0..<200).map { bench.tick(40 + min(6, 0.25 * Double($0))) }
        #expect(after.allSatisfy { $0.lawState == .fallback })
    }

    @Test("a slow change of the surroundings is none")
    func surroundings() throws {
        var bench = try LoopBench(change: Self.guarded)
        bench.manual = Q16_16(0)
        let records = (0..<600).map { bench.tick(20 + 0.05 * Double($0)) }
        #expect(records.allSatisfy { $0.lawState == .fallback })
    }
}
