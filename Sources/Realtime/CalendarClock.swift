import CRealtime

/// CLOCK_REALTIME: the date, which steps when somebody sets it.
package enum CalendarClock {
    /// Whether the kernel knows that something keeps it right; false also where it may not be asked.
    package static var isSynchronized: Bool {
        var isSynchronized = false
        guard unsafe flyball_rt_clock_synchronized(&isSynchronized) == 0 else { return false }
        return isSynchronized
    }
}
