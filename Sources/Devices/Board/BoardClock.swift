/// The time of a board's thread: that of the kernel, or of a test that keeps it.
package protocol BoardClock: Sendable {
    /// CLOCK_MONOTONIC.
    var nowNanoseconds: UInt64 { get }

    func sleep(untilNanoseconds deadline: UInt64)
}
