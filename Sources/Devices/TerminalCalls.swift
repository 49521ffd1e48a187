/// The system calls under a serial line and its clock: those of the kernel, or of a test that
/// records them and makes any of them fail.
///
/// Nothing here blocks except `wait` and `sleep`, and these end at a time.
package protocol TerminalCalls: Sendable {
    /// CLOCK_MONOTONIC.
    var nowNanoseconds: UInt64 { get }

    /// Opens raw, 8N1, non-blocking and exclusively, with DTR falling on close.
    func open(_ path: String, baud: UInt32) throws(CallFault) -> Int32

    func close(_ descriptor: Int32)

    /// Throws away what was received and not read, and what was written and not sent.
    func flush(_ descriptor: Int32) throws(CallFault)

    /// What there is, and how much; 0 bytes are a hang-up, nothing at all is EAGAIN.
    func read(_ descriptor: Int32, into chunk: inout SerialChunk) throws(CallFault)

    /// How many bytes were taken; EAGAIN when none.
    func write(_ descriptor: Int32, _ bytes: Span<UInt8>) throws(CallFault) -> Int

    /// Waits until the line can be read or written; `false` when the deadline passed before.
    func wait(
        _ descriptor: Int32, for interest: TerminalInterest, untilNanoseconds deadline: UInt64
    ) throws(CallFault) -> Bool

    func sleep(untilNanoseconds deadline: UInt64)
}
