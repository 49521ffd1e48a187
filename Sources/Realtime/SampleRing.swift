/// A queue of fixed capacity from one thread to one other, which never blocks and never allocates.
///
/// Take the two ends out and give each to its thread: `let ring = try SampleRing<R>(capacity: n)`,
/// then `ring.producer` and `ring.consumer`. Each end is `~Copyable`, so that a second producer or
/// consumer does not compile. All memory is allocated and faulted in by `init`.
@frozen public struct SampleRing<Element: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
    public var producer: SampleRingProducer<Element>
    public var consumer: SampleRingConsumer<Element>

    /// - Parameter capacity: a power of two, 2 to 1,048,576 elements.
    public init(capacity: Int) throws(RingFault) {
        let storage = try SampleRingStorage<Element>(capacity: capacity)
        producer = SampleRingProducer(storage: storage)
        consumer = SampleRingConsumer(storage: storage)
    }
}
