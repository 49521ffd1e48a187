/// Appends values as MCAP serialises them.
struct ByteEncoder {
    var bytes: [UInt8] = []

    mutating func integer(_ value: some FixedWidthInteger & UnsignedInteger) {
        for index in 0..<(value.bitWidth / 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index)))
        }
    }

    /// A text longer than the limit is cut, so that the file stays valid whatever it is given.
    mutating func text(_ text: String) {
        guard text.utf8.count <= MCAPFormat.maxTextBytes else {
            // Decoding repairs the character that the cut may have split.
            let head = String(
                decoding: text.utf8.prefix(MCAPFormat.maxTextBytes - 8), as: UTF8.self)
            self.text(head)
            return
        }
        integer(UInt32(truncatingIfNeeded: text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// A map in the order of its keys, so that equal maps give equal bytes.
    mutating func map(_ entries: [String: String]) {
        counted { inner in
            for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
                inner.text(key)
                inner.text(value)
            }
        }
    }

    /// What `body` appends, after its length in 32 bits.
    mutating func counted(_ body: (inout ByteEncoder) -> Void) {
        var inner = ByteEncoder()
        body(&inner)
        integer(UInt32(truncatingIfNeeded: inner.bytes.count))
        bytes.append(contentsOf: inner.bytes)
    }

    /// A record: opcode, length, and what `body` appends.
    mutating func record(_ opcode: MCAPOpcode, _ body: (inout ByteEncoder) -> Void) {
        bytes.append(opcode.rawValue)
        let lengthPosition = bytes.count
        integer(UInt64(0))
        body(&self)
        let length = UInt64(bytes.count - lengthPosition - 8)
        for index in 0..<8 {
            bytes[lengthPosition + index] = UInt8(truncatingIfNeeded: length >> (8 * index))
        }
    }
}
