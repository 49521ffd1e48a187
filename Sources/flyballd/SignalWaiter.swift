import Glibc

/// Takes the signals that end the daemon as values, on the thread that waits for them.
///
/// They are blocked in every thread, so that none interrupts a tick and none ends the process before the
/// outputs are safe.
struct SignalWaiter {
    private var signals = sigset_t()
    /// The first signal that asked for the end.
    private(set) var received: Int32?

    /// Blocks the signals for this thread and all it starts later.
    init() {
        unsafe sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, SIGHUP, SIGQUIT] {
            unsafe sigaddset(&signals, signal)
        }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        // A closed terminal or pipe must not end the daemon either.
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Waits up to a time for a signal; true once one has come.
    mutating func wait(milliseconds: Int) -> Bool {
        if received != nil { return true }
        var timeout = timespec(
            tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
        let signal = unsafe sigtimedwait(&signals, nil, &timeout)
        if signal > 0 { received = signal }
        return received != nil
    }
}
