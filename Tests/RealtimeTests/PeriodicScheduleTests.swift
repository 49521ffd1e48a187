import FixedPoint
import Realtime
import Testing

@Suite("Periodic schedule")
struct PeriodicScheduleTests {
    static let origin: UInt64 = 1_000_000
    static let period: UInt64 = 100_000

    static func schedule() throws -> PeriodicSchedule {
        try PeriodicSchedule(originNanoseconds: origin, periodNanoseconds: period)
    }

    @Test("nothing is released before it is due")
    func notYetDue() throws {
        var schedule = try Self.schedule()
        let early = schedule.release(atNanoseconds: Self.origin - 1)
        #expect(early == nil)
        let first = schedule.release(atNanoseconds: Self.origin)
        #expect(first?.index == 0)
        let again = schedule.release(atNanoseconds: Self.origin + Self.period - 1)
        #expect(again == nil)
    }

    @Test("lateness of less than a period skips nothing and does not move the next deadline")
    func lateByLessThanAPeriod() throws {
        var schedule = try Self.schedule()
        let tick = schedule.release(atNanoseconds: Self.origin + 99_999)
        let expected = PeriodicTick(
            index: 0, deadlineNanoseconds: Self.origin, latenessNanoseconds: 99_999,
            missedPeriods: 0)
        #expect(tick == expected)
        #expect(schedule.nextDeadlineNanoseconds == Self.origin + Self.period)
    }

    @Test("whole missed periods are skipped and counted, and the phase is kept")
    func missedPeriods() throws {
        var schedule = try Self.schedule()
        _ = schedule.release(atNanoseconds: Self.origin)
        let tick = schedule.release(atNanoseconds: Self.origin + 5 * Self.period + 7)
        let expected = PeriodicTick(
            index: 5, deadlineNanoseconds: Self.origin + 5 * Self.period, latenessNanoseconds: 7,
            missedPeriods: 4)
        #expect(tick == expected)
        #expect(schedule.nextDeadlineNanoseconds == Self.origin + 6 * Self.period)
    }

    @Test("periods missed before the first tick count as well")
    func missedAtTheStart() throws {
        var schedule = try Self.schedule()
        let tick = schedule.release(atNanoseconds: Self.origin + 2 * Self.period)
        #expect(tick?.index == 2)
        #expect(tick?.missedPeriods == 2)
    }

    @Test("indices and missed periods add up over an irregular run")
    func indicesAddUp() throws {
        var schedule = try Self.schedule()
        var generator = SplitMix64(seed: 7)
        var now = Self.origin
        var nextIndex: UInt64 = 0
        for _ in 0..<10_000 {
            now += generator.next() % (3 * Self.period)
            guard let tick = schedule.release(atNanoseconds: now) else { continue }
            #expect(tick.index == nextIndex + tick.missedPeriods)
            #expect(tick.deadlineNanoseconds == Self.origin + tick.index * Self.period)
            #expect(tick.deadlineNanoseconds + tick.latenessNanoseconds == now)
            #expect(tick.latenessNanoseconds < Self.period)
            nextIndex = tick.index + 1
        }
        #expect(nextIndex > 5_000, "seed 7")
    }

    @Test("the end of the clock's range neither wraps nor traps")
    func endOfRange() throws {
        var schedule = try PeriodicSchedule(
            originNanoseconds: .max - 50_000, periodNanoseconds: Self.period)
        let tick = schedule.release(atNanoseconds: .max)
        #expect(tick?.index == 0)
        #expect(schedule.nextDeadlineNanoseconds == .max)
        #expect(schedule.deadlineNanoseconds(ofIndex: .max) == .max)
    }

    @Test("a period out of range is refused with the limit", arguments: [0, 9_999])
    func tooShort(period: UInt64) {
        #expect(throws: PeriodFault.tooShort(foundNanoseconds: period, limitNanoseconds: 10_000)) {
            try PeriodicSchedule(originNanoseconds: 0, periodNanoseconds: period)
        }
    }

    @Test("a period longer than an hour is refused")
    func tooLong() {
        let limit: UInt64 = 3_600_000_000_000
        #expect(throws: PeriodFault.tooLong(foundNanoseconds: .max, limitNanoseconds: limit)) {
            try PeriodicSchedule(originNanoseconds: 0, periodNanoseconds: .max)
        }
    }

    @Test("a schedule begun anew owes nothing of the time before")
    func restarted() throws {
        let late = try PeriodicSchedule(originNanoseconds: 0, periodNanoseconds: 1_000_000)
        var schedule = late.restarted(atNanoseconds: 50_500_000)
        let first = schedule.release(atNanoseconds: 50_600_000)
        let expected = PeriodicTick(
            index: 0, deadlineNanoseconds: 50_500_000, latenessNanoseconds: 100_000,
            missedPeriods: 0)
        #expect(first == expected)
    }
}
