/// What the acquisition thread of a TCLab has counted since it began.
package struct TCLabCounters: Equatable, Sendable {
    package var requests: UInt64 = 0
    /// Answers that did not come within the deadline.
    package var timeouts: UInt64 = 0
    /// Answers that were not of the protocol, or not asked for.
    package var malformed: UInt64 = 0
    /// Attempts to get back into step after one of these.
    package var resyncs: UInt64 = 0
    /// Boards found again after one was lost or given up.
    package var reconnects: UInt64 = 0
    /// Reported heater levels that were not those sent.
    package var mismatches: UInt64 = 0
    /// Commands that were not renewed within their maximum age.
    package var expiries: UInt64 = 0

    package init() {}
}
