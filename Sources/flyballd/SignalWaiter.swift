import CRealtime
import Glibc

/// Takes the signals that would end the daemon as values, on the thread that waits for them.
///
/// All whose default action ends a process are blocked in every thread, so that none interrupts a
/// tick and none ends the process before the outputs are safe. Left as they are: SIGKILL and
/// SIGSTOP, which nobody can block, SIGCONT, and those of a crash, which write last words.
struct SignalWaiter {
    private var signals = sigset_t()
    /// The first signal that asked for the end.
    private(set) var received: Int32?
    private let hangup = Hangup()
    /// SIGHUP has come although no terminal is gone.
    private var isReloadAsked = false

    /// Asked for by a person or a service manager, or sent by accident: both end the run in order;
    /// SIGHUP only when the terminal is gone.
    private static let ending: [Int32] = [
        SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGPOLL,
        SIGPWR, SIGSTKFLT, SIGXCPU,
    ]
    /// A closed pipe, a terminal that wants to stop a job, a full file: no reason to end or to
    /// stop.
    private static let ignored: [Int32] = [SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU, SIGXFSZ]

    /// Blocks the signals for this thread and all it starts later.
    init() {
        unsafe sigemptyset(&signals)
        // glibc keeps the first real-time signals for itself and exports the rest as functions.
        let realtime = __libc_current_sigrtmin()...__libc_current_sigrtmax()
        for signal in Self.ending + Array(realtime) {
            unsafe sigaddset(&signals, signal)
        }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        for number in Self.ignored {
            _ = signal(number, SIG_IGN)
        }
        _ = flyball_rt_last_words_install()
    }

    /// Waits up to a time for a signal; true once one has come.
    mutating func wait(milliseconds: Int) -> Bool {
        if received != nil { return true }
        var timeout = timespec(
            tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
        let signal = unsafe sigtimedwait(&signals, nil, &timeout)
        if signal == SIGHUP {
            takeHangup()
        } else if signal > 0 {
            received = signal
        }
        return received != nil
    }

    /// Whether somebody has asked for a reload since the last call.
    mutating func takeReload() -> Bool {
        defer { isReloadAsked = false }
        return isReloadAsked
    }

    private mutating func takeHangup() {
        if hangup.isTerminalGone { received = SIGHUP } else { isReloadAsked = true }
    }
}
