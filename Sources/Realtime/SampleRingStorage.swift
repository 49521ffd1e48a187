public import Synchronization

/// What the two ends of a ring share: the slots, and how far each end has come.
///
/// `written` and `taken` count elements since the beginning and never go back; slot `n & mask`
/// holds element n. Slots from `taken` to `written` belong to the consumer, all others to the
/// producer, and each end moves only its own count, with release order after it is done with the
/// slots: no slot is ever touched by both.
///
/// Safe and `Sendable` for this reason; the pointer never leaves the two ends.
@usableFromInline
@safe final class SampleRingStorage<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    /// Two is the least that can be full and empty; the limit is 200 MB of tick records.
    @usableFromInline static var capacityRange: ClosedRange<Int> { 2...1_048_576 }

    @usableFromInline let slots: UnsafeMutablePointer<Element>
    @usableFromInline let mask: UInt64
    @usableFromInline let written = Atomic<UInt64>(0)
    @usableFromInline let taken = Atomic<UInt64>(0)
    @usableFromInline let dropped = Atomic<UInt64>(0)

    init(capacity: Int) throws(RingFault) {
        guard Self.capacityRange.contains(capacity) else {
            throw .capacityOutOfRange(found: capacity, allowed: Self.capacityRange)
        }
        guard capacity.nonzeroBitCount == 1 else {
            throw .capacityNotPowerOfTwo(found: capacity)
        }
        unsafe slots = prefaultedSlots(count: capacity)
        mask = UInt64(capacity) - 1
    }

    deinit { unsafe slots.deallocate() }

    @inlinable
    func store(_ element: Element, at position: UInt64) {
        // Masked, so inside the allocation whatever the position.
        unsafe (slots + Int(truncatingIfNeeded: position & mask)).initialize(to: element)
    }

    @inlinable
    func element(at position: UInt64) -> Element {
        unsafe slots[Int(truncatingIfNeeded: position & mask)]
    }
}
