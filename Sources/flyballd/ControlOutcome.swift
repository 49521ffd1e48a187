import Realtime
import Synchronization

/// What the control thread leaves for the end of the daemon, whatever became of the record.
final class ControlOutcome: Sendable {
    private let holds = Atomic<UInt64>(0)
    private let dropped = Atomic<UInt64>(0)
    private let ticks = Atomic<UInt64>(0)
    private let minorFaults = Atomic<UInt64>(0)
    private let majorFaults = Atomic<UInt64>(0)
    private let faultsAreWanted = Atomic<Bool>(false)

    /// Whether a loop is in a latched safe state: the operator is needed before it may go on.
    var isLatched: Bool { holdsNow.latched != 0 }

    /// What must outlive a crash at once.
    var holdsNow: LoopHolds { LoopHolds(bits: holds.load(ordering: .acquiring)) }

    /// Ticks that the ring had no room for; known when the thread has ended.
    var droppedTicks: UInt64 { dropped.load(ordering: .acquiring) }

    func set(_ holds: LoopHolds) { self.holds.store(holds.bits, ordering: .releasing) }

    /// Ticks made so far: the progress that the service's watchdog is fed from.
    var tickCount: UInt64 { ticks.load(ordering: .relaxed) }

    /// Page faults of the control thread since just before its first tick.
    var pageFaults: PageFaults {
        PageFaults(
            minor: minorFaults.load(ordering: .relaxed), major: majorFaults.load(ordering: .relaxed)
        )
    }

    /// Asks the control thread to count its page faults anew after its next tick.
    func askForPageFaults() { faultsAreWanted.store(true, ordering: .relaxed) }

    /// Whether somebody has asked since the last call.
    func takePageFaultsWish() -> Bool {
        guard faultsAreWanted.load(ordering: .relaxed) else { return false }
        faultsAreWanted.store(false, ordering: .relaxed)
        return true
    }

    func countTick() { ticks.wrappingAdd(1, ordering: .relaxed) }

    func set(droppedTicks: UInt64) { dropped.store(droppedTicks, ordering: .releasing) }

    func set(_ faults: PageFaults) {
        minorFaults.store(faults.minor, ordering: .relaxed)
        majorFaults.store(faults.major, ordering: .relaxed)
    }
}
