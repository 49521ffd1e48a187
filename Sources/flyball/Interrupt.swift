import Glibc
import Synchronization

/// Ctrl-C as a flag, for work that has something to undo.
enum Interrupt {
    private static let raised = Atomic<Bool>(false)

    static var isRaised: Bool { raised.load(ordering: .acquiring) }

    /// From now on SIGINT and SIGTERM only raise the flag, even where the parent has blocked them.
    static func take() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGINT, SIGTERM] {
            _ = signal(number) { _ in Interrupt.raised.store(true, ordering: .releasing) }
            unsafe sigaddset(&signals, number)
        }
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }
}
