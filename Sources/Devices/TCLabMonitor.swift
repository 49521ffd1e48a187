import Synchronization

/// What any thread but the real-time one may ask of a TCLab: its status and counters.
package final class TCLabMonitor: Sendable {
    private struct State {
        var status = TCLabStatus.idle
        var counters = TCLabCounters()
    }

    private let state = Mutex(State())

    package init() {}

    package var status: TCLabStatus { state.withLock { $0.status } }

    package var counters: TCLabCounters { state.withLock { $0.counters } }

    func set(_ status: TCLabStatus) { state.withLock { $0.status = status } }

    func count(_ change: (inout TCLabCounters) -> Void) {
        state.withLock { change(&$0.counters) }
    }
}
