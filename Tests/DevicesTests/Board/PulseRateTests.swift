import Devices
import Testing

@Suite("Frequency from the times of edges")
struct PulseRateTests {
    static let second: UInt64 = 1_000_000_000

    static func rate(blank: UInt64 = 0) -> PulseRate {
        PulseRate(
            idleNanoseconds: 2 * second, blankNanoseconds: blank, nowNanoseconds: 100 * second)
    }

    @Test("is exact, however the edges lie in the windows", arguments: [3, 7, 333] as [UInt64])
    func exact(windowMilliseconds: UInt64) {
        var rate = Self.rate()
        // An edge every 12.5 ms: 80 Hz.
        var next = 100 * Self.second + 1
        var seen: [Double] = []
        for window in 1...100 {
            let now = 100 * Self.second + UInt64(window) * windowMilliseconds * 1_000_000
            while next <= now {
                rate.take(edgeAt: next)
                next += 12_500_000
            }
            if let hertz = rate.hertz(nowNanoseconds: now) { seen.append(hertz) }
        }
        #expect(!seen.isEmpty)
        #expect(seen.allSatisfy { $0 == 80 })
    }

    @Test("is not known before two edges, and 0 when none has come for the idle time")
    func first() {
        var rate = Self.rate()
        let early = rate.hertz(nowNanoseconds: 101 * Self.second)
        let idle = rate.hertz(nowNanoseconds: 102 * Self.second)
        #expect(early == nil)
        #expect(idle == 0)
    }

    @Test("after standstill the first edge only begins a count")
    func restart() {
        var rate = Self.rate()
        _ = rate.hertz(nowNanoseconds: 102 * Self.second)
        rate.take(edgeAt: 103 * Self.second)
        let one = rate.hertz(nowNanoseconds: 103 * Self.second + 1)
        rate.take(edgeAt: 103 * Self.second + Self.second / 4)
        let two = rate.hertz(nowNanoseconds: 103 * Self.second + Self.second / 2)
        #expect(one == 0)
        #expect(two == 4)
    }

    @Test("bounces and times that go back are no edges")
    func bounces() {
        var rate = Self.rate(blank: 1_000_000)
        for milliseconds in [1000, 1000, 1010, 1010, 1009, 1020] as [UInt64] {
            rate.take(edgeAt: 100 * Self.second + milliseconds * 1_000_000)
            rate.take(edgeAt: 100 * Self.second + milliseconds * 1_000_000 + 500_000)
        }
        let hertz = rate.hertz(nowNanoseconds: 102 * Self.second)
        #expect(hertz == 100)
    }
}
