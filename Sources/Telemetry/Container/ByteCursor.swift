/// Takes values off serialised bytes, checking every length before it is used.
struct ByteCursor {
    /// The bytes end before the value, or are not what the value must be.
    struct Malformed: Error {}

    private let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        self.position = 0
        self.end = bytes.count
    }

    var remaining: Int { end - position }
    var isAtEnd: Bool { position == end }

    mutating func integer<T: FixedWidthInteger & UnsignedInteger>(
        _ type: T.Type = T.self
    ) throws(Malformed) -> T {
        let size = T.bitWidth / 8
        guard remaining >= size else { throw Malformed() }
        var value: T = 0
        for index in 0..<size {
            value |= T(truncatingIfNeeded: bytes[position + index]) << (8 * index)
        }
        position += size
        return value
    }

    mutating func octets(_ count: UInt64) throws(Malformed) -> [UInt8] {
        guard let count = Int(exactly: count), count <= remaining else { throw Malformed() }
        let slice = Array(bytes[position..<(position + count)])
        position += count
        return slice
    }

    mutating func text() throws(Malformed) -> String {
        let octets = try octets(UInt64(integer(UInt32.self)))
        guard let text = String(validating: octets, as: UTF8.self) else { throw Malformed() }
        return text
    }

    mutating func map() throws(Malformed) -> [String: String] {
        var inner = ByteCursor(try octets(UInt64(integer(UInt32.self))))
        var entries: [String: String] = [:]
        while !inner.isAtEnd {
            let key = try inner.text()
            let value = try inner.text()
            guard entries.updateValue(value, forKey: key) == nil else { throw Malformed() }
        }
        return entries
    }

    /// Demands that nothing is left over: files of this version have no unknown fields.
    func finish() throws(Malformed) {
        guard isAtEnd else { throw Malformed() }
    }
}
