/// How often a bus is asked, in nanoseconds.
package struct ModbusTiming: Sendable {
    /// So many requests in a row, and a whole round, without an answer from any device, and the line
    /// is opened again.
    static let silenceLimit = 5
    /// Of one attempt to drive everything safe at the end: then the clock is looked at.
    static let endAttempt: UInt64 = 500_000_000

    /// From the begin of one round of requests to that of the next.
    package let poll: UInt64
    /// A new command is sent that late at most, when no request waits for its answer.
    package let drive: UInt64
    /// How often a request is repeated that brought no answer, or a damaged one.
    package let retries: Int

    package init(poll: UInt64, drive: UInt64, retries: Int) {
        self.poll = poll
        self.drive = drive
        self.retries = retries
    }
}
