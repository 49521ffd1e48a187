public import Synchronization

/// The end of a ring that the real-time thread holds.
public struct SampleRingProducer<Element: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
    @usableFromInline let storage: SampleRingStorage<Element>
    /// Own copy of `written`, which no one else changes.
    @usableFromInline var written: UInt64 = 0
    /// The last `taken` seen: the true one can only be greater, so room seen is room.
    @usableFromInline var takenSeen: UInt64 = 0

    init(storage: SampleRingStorage<Element>) { self.storage = storage }

    /// Elements refused because the ring was full.
    @inlinable
    public var dropped: UInt64 { storage.dropped.load(ordering: .relaxed) }

    /// Appends the element, or drops and counts it when the ring is full.
    ///
    /// Wait-free: a bounded number of instructions, no system call, no allocation.
    /// - Returns: whether the element was taken.
    @inlinable
    @discardableResult
    public mutating func push(_ element: Element) -> Bool {
        if written &- takenSeen > storage.mask {
            takenSeen = storage.taken.load(ordering: .acquiring)
            guard written &- takenSeen <= storage.mask else {
                storage.dropped.wrappingAdd(1, ordering: .relaxed)
                return false
            }
        }
        storage.store(element, at: written)
        written &+= 1
        storage.written.store(written, ordering: .releasing)
        return true
    }
}
