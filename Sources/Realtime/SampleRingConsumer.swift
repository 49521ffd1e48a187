public import Synchronization

/// The end of a ring that the recording thread holds.
public struct SampleRingConsumer<Element: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
    @usableFromInline let storage: SampleRingStorage<Element>
    /// Own copy of `taken`, which no one else changes.
    @usableFromInline var taken: UInt64 = 0

    init(storage: SampleRingStorage<Element>) { self.storage = storage }

    /// Elements refused because the ring was full.
    @inlinable
    public var dropped: UInt64 { storage.dropped.load(ordering: .relaxed) }

    /// Elements that can be taken now; more may follow at any moment.
    @inlinable
    public var count: Int {
        Int(truncatingIfNeeded: storage.written.load(ordering: .acquiring) &- taken)
    }

    /// The oldest element, or nothing when the ring is empty.
    @inlinable
    public mutating func pop() -> Element? {
        guard storage.written.load(ordering: .acquiring) != taken else { return nil }
        let element = storage.element(at: taken)
        taken &+= 1
        storage.taken.store(taken, ordering: .releasing)
        return element
    }

    /// Takes what is there at the call, oldest first; what arrives meanwhile waits for the next call.
    ///
    /// Each slot is free again before `body` sees its element, so a slow body drops nothing that
    /// fits. Elements that `body` has not seen when it throws stay in the ring.
    /// - Returns: how many elements there were.
    @inlinable
    @discardableResult
    public mutating func drain<Failure: Error>(
        _ body: (Element) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        let available = count
        for _ in 0..<available {
            guard let element = pop() else { break }
            try body(element)
        }
        return available
    }
}
