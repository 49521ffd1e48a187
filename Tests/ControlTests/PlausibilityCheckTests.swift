import Control
import FixedPoint
import Testing

@Suite("The plausibility check")
struct PlausibilityCheckTests {
    private static let second: UInt64 = 1_000_000_000

    /// 0 ... 100 units, 10 units a second, 5 s.
    private func check(maxRate: Int32 = 10 << 16) throws -> PlausibilityCheck {
        let range = try #require(
            EngineeringRange(low: Q16_16(bits: 0), high: Q16_16(bits: 100 << 16)))
        return PlausibilityCheck(
            range: range, maxRatePerSecond: Q16_16(bits: maxRate),
            maxAgeNanoseconds: 5 * Self.second)
    }

    private func fault(
        _ check: inout PlausibilityCheck, _ units: Int32, at time: UInt64, now: UInt64? = nil
    ) -> SensorFault? {
        fault(&check, bits: units << 16, at: time, now: now ?? time)
    }

    private func fault(
        _ check: inout PlausibilityCheck, bits: Int32, at time: UInt64, now: UInt64
    ) -> SensorFault? {
        do {
            let reading = Reading(value: Q16_16(bits: bits), timeNanoseconds: time)
            let accepted = try check.accept(reading, now: now)
            #expect(accepted == reading.value)
            return nil
        } catch {
            return error
        }
    }

    @Test("takes a reading of the greatest age, and none older by a nanosecond")
    func age() throws {
        var check = try check()
        let limit = 5 * Self.second
        #expect(fault(&check, 50, at: 100, now: 100 + limit) == nil)
        #expect(fault(&check, 50, at: 100, now: 101 + limit) == .stale)
        #expect(fault(&check, 50, at: 100, now: .max) == .stale)
    }

    @Test("lets a reading be a little younger than the tick, but not from the far future")
    func future() throws {
        var check = try check()
        let now = 100 * Self.second
        #expect(fault(&check, 50, at: now + 1_000_000, now: now) == nil)
        #expect(fault(&check, 50, at: now + 5 * Self.second + 1, now: now) == .stale)
        // A frozen reading that claims to be from the end of time would never grow old.
        #expect(fault(&check, 50, at: .max, now: now) == .stale)
    }

    @Test("takes the ends of the range and nothing beyond them")
    func range() throws {
        for bits in [0, 100 << 16] as [Int32] {
            var check = try check()
            #expect(fault(&check, bits: bits, at: 1, now: 1) == nil)
        }
        for bits in [-1, (100 << 16) + 1, .max, .min] as [Int32] {
            var check = try check()
            #expect(fault(&check, bits: bits, at: 1, now: 1) == .outOfRange)
        }
    }

    @Test("takes the fastest change and rejects the next faster one, up and down")
    func rate() throws {
        for sign in [1, -1] as [Int32] {
            var check = try check()
            #expect(fault(&check, 50, at: 0) == nil)
            let start: Int32 = 50 << 16
            let step: Int32 = 10 << 16
            #expect(
                fault(&check, bits: start + sign * (step + 1), at: Self.second, now: Self.second)
                    == .tooFast)
            #expect(
                fault(&check, bits: start + sign * step, at: Self.second, now: Self.second) == nil)
        }
    }

    @Test("measures the rate between readings less than a millisecond apart")
    func fastReadings() throws {
        // 10 units a second are 0.009 units, 589 bits, in 900 microseconds.
        var check = try check()
        #expect(fault(&check, 50, at: 0) == nil)
        let start: Int32 = 50 << 16
        #expect(fault(&check, bits: start + 589, at: 900_000, now: 900_000) == nil)
        #expect(fault(&check, bits: start + 589 + 591, at: 1_800_000, now: 1_800_000) == .tooFast)
    }

    @Test("rejects a jump, and believes it once it has lasted as long as it would have taken")
    func lastingJump() throws {
        var check = try check()
        #expect(fault(&check, 20, at: 0) == nil)
        for second in 1...4 as ClosedRange<UInt64> {
            #expect(fault(&check, 70, at: second * Self.second) == .tooFast)
        }
        #expect(fault(&check, 70, at: 5 * Self.second) == nil)
    }

    @Test("forgets a single wild reading")
    func singleJump() throws {
        var check = try check()
        #expect(fault(&check, 20, at: 0) == nil)
        #expect(fault(&check, 90, at: Self.second) == .tooFast)
        #expect(fault(&check, 21, at: 2 * Self.second) == nil)
    }

    @Test("believes any value in range after a minute")
    func minute() throws {
        var check = try check(maxRate: 1)
        #expect(fault(&check, 0, at: 0) == nil)
        #expect(fault(&check, 100, at: 59 * Self.second) == .tooFast)
        #expect(fault(&check, 100, at: 60 * Self.second) == nil)
    }

    @Test("with a clock that went back takes only the value it knows")
    func clockGoesBack() throws {
        var check = try check()
        #expect(fault(&check, 20, at: 10 * Self.second) == nil)
        #expect(fault(&check, 21, at: 9 * Self.second, now: 10 * Self.second) == .tooFast)
        #expect(fault(&check, 20, at: 9 * Self.second, now: 10 * Self.second) == nil)
    }

    @Test("gives the same reading again as often as it is asked, until it is too old")
    func repeated() throws {
        var check = try check()
        for second in 0...5 as ClosedRange<UInt64> {
            #expect(fault(&check, 42, at: 0, now: second * Self.second) == nil)
        }
        #expect(fault(&check, 42, at: 0, now: 6 * Self.second) == .stale)
    }
}
