public import Synchronization

/// What the two ends of a mailbox share: three slots, and which of them lies between the ends.
///
/// `between` holds the number of the slot that belongs to neither end, and `fresh` when the writer
/// put it there. An exchange hands over one slot and receives another, so the three numbers are
/// always held by three different parties and no slot is ever touched by two.
///
/// Safe and `Sendable` for this reason; the pointer never leaves the two ends.
@usableFromInline
@safe final class MailboxStorage<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
    @usableFromInline static var fresh: UInt8 { 4 }
    @usableFromInline static var slotMask: UInt8 { 3 }

    /// The slot that each party holds at first.
    @usableFromInline static var writersFirst: UInt8 { 0 }
    @usableFromInline static var readersFirst: UInt8 { 1 }
    @usableFromInline static var betweenFirst: UInt8 { 2 }

    @usableFromInline let slots: UnsafeMutablePointer<Value>
    @usableFromInline let between = Atomic<UInt8>(betweenFirst)

    init(initial: Value) {
        // Four, so that a slot number masked with `slotMask` is inside the allocation.
        unsafe slots = prefaultedSlots(count: 4)
        unsafe slots.initialize(repeating: initial, count: 4)
    }

    deinit { unsafe slots.deallocate() }

    @inlinable
    func store(_ value: Value, in slot: UInt8) {
        unsafe (slots + Int(slot & Self.slotMask)).initialize(to: value)
    }

    @inlinable
    func value(in slot: UInt8) -> Value {
        unsafe slots[Int(slot & Self.slotMask)]
    }
}
