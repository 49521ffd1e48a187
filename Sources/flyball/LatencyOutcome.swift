import Realtime
import Synchronization

/// What the measuring thread leaves behind besides its samples; known when it has ended.
final class LatencyOutcome: Sendable {
    private let figures = Mutex<(computed: UInt64, faults: PageFaults?)>((0, nil))

    /// Computing time of the thread.
    var computedNanoseconds: UInt64 { figures.withLock { $0.computed } }

    /// Page faults since just before the first tick; nil when they are not counted.
    var pageFaults: PageFaults? { figures.withLock { $0.faults } }

    func set(computedNanoseconds: UInt64, pageFaults: PageFaults?) {
        figures.withLock { $0 = (computedNanoseconds, pageFaults) }
    }
}
