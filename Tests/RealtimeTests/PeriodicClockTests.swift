import Realtime
import Testing

@Suite("Periodic clock")
struct PeriodicClockTests {
    @Test("never releases a tick before its deadline, and deadlines only grow")
    func deadlines() throws {
        var clock = try PeriodicClock(periodNanoseconds: 200_000)
        let stop = StopFlag()
        var previous: PeriodicTick?
        for _ in 0..<20 {
            let released = clock.wait(unless: stop)
            let tick = try #require(released)
            let now = MonotonicClock.nowNanoseconds
            #expect(now >= tick.deadlineNanoseconds + tick.latenessNanoseconds)
            if let previous {
                #expect(tick.index == previous.index + 1 + tick.missedPeriods)
                #expect(tick.deadlineNanoseconds > previous.deadlineNanoseconds)
            }
            previous = tick
        }
    }

    @Test("a raised stop flag ends the wait, however far the deadline is")
    func stops() throws {
        let hour = PeriodicSchedule.longestPeriodNanoseconds
        var clock = try PeriodicClock(
            periodNanoseconds: hour, originNanoseconds: MonotonicClock.nowNanoseconds + hour)
        let stop = StopFlag()
        let raiser = try RealtimeThread(.test) { stop.raise() }
        let tick = clock.wait(unless: stop)
        #expect(tick == nil)
        raiser.join()
    }

    @Test("a sleep until a time that has passed returns at once")
    func pastDeadline() {
        #expect(MonotonicClock.sleep(untilNanoseconds: 0))
    }
}
