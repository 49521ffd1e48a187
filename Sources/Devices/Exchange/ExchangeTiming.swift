/// How long a device that exchanges lines is waited for, in nanoseconds.
package struct ExchangeTiming: Sendable {
    /// So many requests in a row without an answer, and the line is opened again.
    static let silenceLimit = 5
    /// Of one request at the end of the thread: the time there is short.
    static let endDeadline: UInt64 = 500_000_000

    /// Of one request.
    package let deadline: UInt64
    /// From the begin of one round of requests to that of the next.
    package let poll: UInt64
    /// A new command is sent that late at most, when no request waits for its answer.
    package let drive: UInt64
    /// After opening, in which the device is not asked: opening resets boards with auto-reset.
    package let settle: UInt64

    package init(deadline: UInt64, poll: UInt64, drive: UInt64, settle: UInt64) {
        self.deadline = deadline
        self.poll = poll
        self.drive = drive
        self.settle = settle
    }
}
