public import Synchronization

/// The end of a mailbox that reads.
public struct MailboxReader<Value: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
    @usableFromInline let storage: MailboxStorage<Value>
    @usableFromInline var slot = MailboxStorage<Value>.readersFirst

    init(storage: MailboxStorage<Value>) { self.storage = storage }

    /// The latest value written when it was not read before, else nothing.
    @inlinable
    public mutating func readFresh() -> Value? {
        // Only the writer sets `fresh` and only this end clears it, so between the look and the
        // exchange the slot can only become fresher.
        let seen = storage.between.load(ordering: .relaxed)
        guard seen & MailboxStorage<Value>.fresh != 0 else { return nil }
        let received = storage.between.exchange(slot, ordering: .acquiringAndReleasing)
        slot = received & MailboxStorage<Value>.slotMask
        return storage.value(in: slot)
    }

    /// The latest value written, read before or not; at first the initial one.
    @inlinable
    public mutating func read() -> Value {
        readFresh() ?? storage.value(in: slot)
    }
}
