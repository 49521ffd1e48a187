public import Synchronization

/// The end of a mailbox that writes.
public struct MailboxWriter<Value: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
    @usableFromInline let storage: MailboxStorage<Value>
    @usableFromInline var slot = MailboxStorage<Value>.writersFirst

    init(storage: MailboxStorage<Value>) { self.storage = storage }

    /// Makes the value the one that the reader gets.
    @inlinable
    public mutating func write(_ value: Value) {
        storage.store(value, in: slot)
        let received = storage.between.exchange(
            slot | MailboxStorage<Value>.fresh, ordering: .acquiringAndReleasing)
        slot = received & MailboxStorage<Value>.slotMask
    }
}
