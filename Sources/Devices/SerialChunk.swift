/// Bytes as they arrived, waiting to be taken one at a time.
package struct SerialChunk: Sendable {
    package static let capacity = 128

    private var storage = InlineArray<128, UInt8>(repeating: 0)
    private var taken = 0
    private var filled = 0

    package init() {}

    package var isEmpty: Bool { taken >= filled }

    package mutating func take() -> UInt8? {
        guard !isEmpty else { return nil }
        defer { taken += 1 }
        return storage[taken]
    }

    package mutating func removeAll() {
        taken = 0
        filled = 0
    }

    /// Replaces the content by what `body` puts into the memory and counts.
    package mutating func fill<Failure: Error>(
        _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Int
    ) throws(Failure) {
        removeAll()
        var span = storage.mutableSpan
        filled = min(max(0, try body(&span)), Self.capacity)
    }
}
