import Synchronization

/// Asks threads to end, or tells that one has; raised once, from any thread or signal handler,
/// never lowered.
package final class StopFlag: Sendable {
    private let raised = Atomic<Bool>(false)

    package init() {}

    package var isRaised: Bool { raised.load(ordering: .acquiring) }

    package func raise() { raised.store(true, ordering: .releasing) }
}
