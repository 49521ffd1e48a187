/// A piece of a source in memory, so that small reads do not each cost a system call.
struct SourceWindow {
    private let source: any ByteSource
    private var bytes: [UInt8] = []
    private var start: UInt64 = 0
    private static let windowBytes = 256 << 10

    init(_ source: any ByteSource) {
        self.source = source
    }

    func size() throws(IOFault) -> UInt64 {
        try source.size()
    }

    /// Exactly `count` bytes from `offset`, or nil when the source has not so many.
    mutating func read(at offset: UInt64, count: Int) throws(IOFault) -> [UInt8]? {
        if let slice = cached(at: offset, count: count) { return slice }
        bytes = try source.read(at: offset, count: max(count, Self.windowBytes))
        start = offset
        return cached(at: offset, count: count)
    }

    private func cached(at offset: UInt64, count: Int) -> [UInt8]? {
        guard offset >= start, let first = Int(exactly: offset - start), first <= bytes.count,
            count <= bytes.count - first
        else { return nil }
        return Array(bytes[first..<(first + count)])
    }
}
