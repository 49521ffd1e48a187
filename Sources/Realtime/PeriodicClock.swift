/// Releases the ticks of a loop at absolute deadlines of CLOCK_MONOTONIC.
///
/// Late ticks follow `PeriodicSchedule`: whole periods are skipped and counted, the phase is kept.
/// What a missed period means for the plant is the overrun policy's decision, not the clock's.
package struct PeriodicClock: Sendable {
    /// The longest sleep between two looks at the stop flag.
    ///
    /// Bounds how long a thread with a period of a minute takes to stop; costs ten wake-ups a second.
    package static let longestSleepNanoseconds: UInt64 = 100_000_000

    package private(set) var schedule: PeriodicSchedule

    /// A clock whose first tick is due at `originNanoseconds`, or now.
    package init(
        periodNanoseconds: UInt64, originNanoseconds: UInt64? = nil
    ) throws(PeriodFault) {
        schedule = try PeriodicSchedule(
            originNanoseconds: originNanoseconds ?? MonotonicClock.nowNanoseconds,
            periodNanoseconds: periodNanoseconds)
    }

    /// Begins anew: index 0 is due now. For a thread whose start took longer than was foreseen.
    package mutating func restart() {
        schedule = schedule.restarted(atNanoseconds: MonotonicClock.nowNanoseconds)
    }

    /// Sleeps until the next tick is due.
    ///
    /// - Returns: nothing when `stop` was raised before the tick was due.
    package mutating func wait(unless stop: StopFlag) -> PeriodicTick? {
        while !stop.isRaised {
            let now = MonotonicClock.nowNanoseconds
            if let tick = schedule.release(atNanoseconds: now) { return tick }
            // Cannot wrap: the clock counts from the start of the machine.
            let nextLook = now &+ Self.longestSleepNanoseconds
            MonotonicClock.sleep(
                untilNanoseconds: min(schedule.nextDeadlineNanoseconds, nextLook))
        }
        return nil
    }
}
