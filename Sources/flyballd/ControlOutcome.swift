import Synchronization

/// What the control thread leaves for the end of the daemon, whatever became of the record.
final class ControlOutcome: Sendable {
    private let latched = Atomic<Bool>(false)
    private let dropped = Atomic<UInt64>(0)

    /// Whether a loop is in a latched safe state: the operator is needed before it may go on.
    var isLatched: Bool { latched.load(ordering: .acquiring) }

    /// Ticks that the ring had no room for; known when the thread has ended.
    var droppedTicks: UInt64 { dropped.load(ordering: .acquiring) }

    func set(isLatched: Bool) { latched.store(isLatched, ordering: .releasing) }

    func set(droppedTicks: UInt64) { dropped.store(droppedTicks, ordering: .releasing) }
}
