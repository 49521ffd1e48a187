/// A record that is in memory already.
package final class MemorySource: ByteSource {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package func size() -> UInt64 {
        UInt64(bytes.count)
    }

    package func read(at offset: UInt64, count: Int) -> [UInt8] {
        guard let start = Int(exactly: offset), start < bytes.count, count > 0 else { return [] }
        return Array(bytes[start..<(start + min(count, bytes.count - start))])
    }
}
