/// How a TCLab is reached and how often it is asked.
package struct TCLabSettings: Equatable, Sendable {
    /// A line at 9600 baud needs 40 ms for a request and its answer; a tick never waits longer than
    /// its sensor may be silent.
    package static let deadlineRangeNanoseconds: ClosedRange<UInt64> = 10_000_000...2_000_000_000
    /// Below the first, no emulator is faster; above the last, a stop of the loop is noticed late.
    package static let cycleRangeNanoseconds: ClosedRange<UInt64> = 10_000_000...10_000_000_000
    /// One cycle of a real board takes up to 30 ms.
    package static let shortestDefaultCycleNanoseconds: UInt64 = 100_000_000

    /// Best one of `/dev/serial/by-id`, which the board keeps when it is plugged in again.
    package let path: String
    /// Of one request.
    package let deadlineNanoseconds: UInt64
    /// From the beginning of one cycle of requests to that of the next.
    package let cycleNanoseconds: UInt64

    package init(
        path: String, deadlineNanoseconds: UInt64 = 200_000_000, cycleNanoseconds: UInt64
    ) throws(TCLabSettingsFault) {
        guard Self.deadlineRangeNanoseconds.contains(deadlineNanoseconds) else {
            throw .deadlineOutOfRange(
                foundNanoseconds: deadlineNanoseconds,
                allowedNanoseconds: Self.deadlineRangeNanoseconds)
        }
        guard Self.cycleRangeNanoseconds.contains(cycleNanoseconds) else {
            throw .cycleOutOfRange(
                foundNanoseconds: cycleNanoseconds,
                allowedNanoseconds: Self.cycleRangeNanoseconds)
        }
        self.path = path
        self.deadlineNanoseconds = deadlineNanoseconds
        self.cycleNanoseconds = cycleNanoseconds
    }

    /// Four cycles in a control period, and in the shortest maximum age; not more often than a real
    /// board can answer.
    package static func defaultCycleNanoseconds(
        periodNanoseconds: UInt64, shortestMaximumAgeNanoseconds: UInt64
    ) -> UInt64 {
        let wanted = min(periodNanoseconds, shortestMaximumAgeNanoseconds) / 4
        return min(
            max(wanted, shortestDefaultCycleNanoseconds), cycleRangeNanoseconds.upperBound)
    }
}
