import CRealtime

/// CLOCK_MONOTONIC in nanoseconds: the time of every deadline and timestamp of the machine ring.
///
/// It is never set and stands still during suspend. Zero is some moment before the program began.
package enum MonotonicClock {
    /// The time now; costs no system call where the kernel serves the clock from the vDSO.
    package static var nowNanoseconds: UInt64 { flyball_rt_now() }

    /// Sleeps until the deadline has passed; signals do not end the sleep.
    ///
    /// The kernel refuses only times beyond its range, and those are reported as "not slept".
    @discardableResult
    package static func sleep(untilNanoseconds deadline: UInt64) -> Bool {
        flyball_rt_sleep_until(deadline) == 0
    }
}
