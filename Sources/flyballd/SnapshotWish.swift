import Synchronization

/// Asks the control thread for a snapshot of every loop after its next tick.
final class SnapshotWish: Sendable {
    private let raised = Atomic<Bool>(false)

    func raise() { raised.store(true, ordering: .releasing) }

    /// Whether one is asked for; it is asked for no more.
    func take() -> Bool {
        guard raised.load(ordering: .relaxed) else { return false }
        return raised.exchange(false, ordering: .acquiring)
    }
}
