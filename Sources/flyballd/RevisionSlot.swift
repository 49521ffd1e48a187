import Synchronization

/// Where a revision waits for the control thread, which takes it between two ticks: a pointer, no
/// lock.
///
/// The one who offers it keeps it alive until `isTaken` or `withdraw` says that the control thread has
/// nothing to do with it any more: there its memory is freed, never on the control thread.
final class RevisionSlot: Sendable {
    /// The address of a `Revision`; 0 for none.
    private let offered = Atomic<UInt>(0)
    /// Number of the last revision that the control thread is done with.
    private let done = Atomic<UInt32>(0)

    func offer(_ revision: Revision) {
        let address = unsafe UInt(bitPattern: Unmanaged.passUnretained(revision).toOpaque())
        offered.store(address, ordering: .releasing)
    }

    /// Takes back what was offered; false when the control thread has it or has had it.
    func withdraw() -> Bool {
        offered.exchange(0, ordering: .acquiringAndReleasing) != 0
    }

    func isTaken(_ number: UInt32) -> Bool { done.load(ordering: .acquiring) == number }

    // MARK: On the control thread

    /// Whether there is one; costs a load.
    var hasOffer: Bool { offered.load(ordering: .relaxed) != 0 }

    /// Hands out what is offered, at most once, and says afterwards that it is done with.
    @inline(__always)
    func take(_ body: (Revision) -> Void) {
        let address = offered.exchange(0, ordering: .acquiringAndReleasing)
        guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { return }
        // Safe: its owner keeps it alive until `done` has its number.
        let revision = unsafe Unmanaged<Revision>.fromOpaque(pointer)
        let number = unsafe revision._withUnsafeGuaranteedRef { revision in
            body(revision)
            return revision.number
        }
        done.store(number, ordering: .releasing)
    }
}
