import Control
import FixedPoint
import ModelFile
import Testing

@Suite("Interlocks")
struct InterlockTests {
    private static let high = Interlock(isActiveHigh: true, maxAgeNanoseconds: 100)
    private static let low = Interlock(isActiveHigh: false, maxAgeNanoseconds: 100)

    private func reading(_ halves: Int32, at time: UInt64 = 1_000) -> Reading {
        Reading(value: Q16_16(bits: halves << 15), timeNanoseconds: time)
    }

    @Test("half of one and more is high; what is not known does not permit")
    func states() {
        #expect(Self.high.state(reading(1), now: 1_000) == .permits)
        #expect(Self.high.state(reading(0), now: 1_000) == .open)
        #expect(Self.low.state(reading(0), now: 1_000) == .permits)
        #expect(Self.low.state(reading(2), now: 1_000) == .open)
        #expect(Self.high.state(nil, now: 1_000) == .lost)
        #expect(Self.high.state(reading(2), now: 1_100) == .permits)
        #expect(Self.high.state(reading(2), now: 1_101) == .lost)
        #expect(Self.low.state(reading(0, at: .max), now: 1_000) == .lost)
    }

    @Test("an interlock that opens drives the safe level in the same tick, and passes")
    func passing() throws {
        var bench = try LoopBench()
        #expect(bench.run(20, at: 40).output.bits > 0)
        bench.interlocksOpen = 1
        let open = bench.tick(40)
        #expect(open.why == .interlockOpen && open.output.bits == 0 && open.latched == 0)
        bench.interlocksOpen = 0
        let states = (0..<6).map { _ in bench.tick(40).lawState }
        #expect(states == Array(repeating: .safe, count: 4) + [.fallback, .fallback])
    }

    @Test("one that latches waits for the operator, and for itself")
    func latching() throws {
        var bench = try LoopBench { $0.guards.latchingInterlocks = 2 }
        bench.run(20, at: 40)
        bench.interlocksLost = 2
        let lost = bench.tick(40)
        #expect(lost.why == .interlockLost && lost.latched == 1)
        bench.requested = .safe
        #expect(bench.tick(40).latched == 1)
        bench.interlocksLost = 0
        #expect(bench.tick(40).latched == 0)
        bench.requested = .fallback
        #expect(bench.tick(40).lawState == .fallback)
    }

    @Test("it wins over an operator's command and over an experiment")
    func wins() throws {
        var bench = try LoopBench()
        bench.run(20, at: 40)
        bench.manual = Q16_16(80)
        #expect(bench.tick(40).output.bits == 80 << 16)
        bench.interlocksOpen = 4
        #expect(bench.tick(40).output.bits == 0)
        bench.manual = nil
        bench.experiment = HeatedBench.step()
        #expect(bench.tick(40).output.bits == 0)
    }

    @Test("one that has not been read since the start is waited for, and does not latch")
    func awaited() throws {
        var bench = try LoopBench { $0.guards.latchingInterlocks = 1 }
        bench.interlocksLost = 1
        let waiting = bench.run(5, at: 40)
        #expect(waiting.why == .starting && waiting.latched == 0 && waiting.output.bits == 0)
        bench.interlocksLost = 0
        #expect(bench.tick(40).lawState == .fallback)
        bench.interlocksLost = 1
        #expect(bench.tick(40).latched == 1)
    }

    @Test("one that is open at the start latches: its release alone starts nothing")
    func openAtStart() throws {
        var bench = try LoopBench { $0.guards.latchingInterlocks = 1 }
        bench.interlocksOpen = 1
        #expect(bench.tick(40).latched == 1)
        bench.interlocksOpen = 0
        #expect(bench.run(100, at: 40).why == .interlockOpen)
    }
}
