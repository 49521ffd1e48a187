/// The arithmetic of a periodic clock, apart from any real time.
///
/// Deadlines are origin + index * period, so that lateness never adds up. Who is late by whole
/// periods gets the latest index that is due: the ones before are skipped and counted, and the
/// phase is kept. A tick late by less than a period skips nothing and starts at once.
package struct PeriodicSchedule: BitwiseCopyable, Equatable, Sendable {
    /// 10 us: shorter than any wake-up of a board is reliable.
    package static let shortestPeriodNanoseconds: UInt64 = 10_000
    /// One hour: longer is no control loop.
    package static let longestPeriodNanoseconds: UInt64 = 3_600_000_000_000

    package let originNanoseconds: UInt64
    package let periodNanoseconds: UInt64
    /// Index of the next tick as long as it is not missed.
    package private(set) var nextIndex: UInt64 = 0

    /// Index 0 is due at the origin.
    package init(
        originNanoseconds: UInt64, periodNanoseconds: UInt64
    ) throws(PeriodFault) {
        guard periodNanoseconds >= Self.shortestPeriodNanoseconds else {
            throw .tooShort(
                foundNanoseconds: periodNanoseconds,
                limitNanoseconds: Self.shortestPeriodNanoseconds)
        }
        guard periodNanoseconds <= Self.longestPeriodNanoseconds else {
            throw .tooLong(
                foundNanoseconds: periodNanoseconds, limitNanoseconds: Self.longestPeriodNanoseconds
            )
        }
        self.originNanoseconds = originNanoseconds
        self.periodNanoseconds = periodNanoseconds
    }

    private init(checkedPeriodNanoseconds: UInt64, originNanoseconds: UInt64) {
        periodNanoseconds = checkedPeriodNanoseconds
        self.originNanoseconds = originNanoseconds
    }

    /// The same period with index 0 at another time.
    package func restarted(atNanoseconds origin: UInt64) -> PeriodicSchedule {
        PeriodicSchedule(
            checkedPeriodNanoseconds: periodNanoseconds, originNanoseconds: origin)
    }

    /// When the next tick is due.
    package var nextDeadlineNanoseconds: UInt64 { deadlineNanoseconds(ofIndex: nextIndex) }

    /// When the tick is due; the last representable time for an index beyond the clock's range.
    package func deadlineNanoseconds(ofIndex index: UInt64) -> UInt64 {
        let (offset, tooFar) = index.multipliedReportingOverflow(by: periodNanoseconds)
        let (deadline, tooLate) = originNanoseconds.addingReportingOverflow(offset)
        return tooFar || tooLate ? .max : deadline
    }

    /// The tick that is released at `now`, or nothing while the next one is not yet due.
    package mutating func release(atNanoseconds now: UInt64) -> PeriodicTick? {
        guard now >= nextDeadlineNanoseconds else { return nil }
        // now >= deadline >= origin, and due * period <= now - origin: nothing below wraps.
        let due = (now &- originNanoseconds) / periodNanoseconds
        let deadline = originNanoseconds &+ due &* periodNanoseconds
        let tick = PeriodicTick(
            index: due, deadlineNanoseconds: deadline, latenessNanoseconds: now &- deadline,
            missedPeriods: due &- nextIndex)
        nextIndex = due &+ 1
        return tick
    }
}
