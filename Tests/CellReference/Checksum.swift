/// zlib's CRC-32, by bytes from a table: a second implementation beside the product's bitwise one.
public struct Checksum: Sendable {
    public private(set) var value: UInt32 = 0
    private let table: [UInt32]

    public init() {
        table = (0..<256).map { byte in
            var entry = UInt32(byte)
            for _ in 0..<8 {
                entry = entry & 1 == 1 ? (entry >> 1) ^ 0xEDB8_8320 : entry >> 1
            }
            return entry
        }
    }

    public mutating func update(_ byte: UInt8) {
        let register = ~value
        value = ~(table[Int(UInt8(truncatingIfNeeded: register) ^ byte)] ^ (register >> 8))
    }

    /// The bytes of an integer, least significant first.
    public mutating func update<Value: FixedWidthInteger>(_ integer: Value) {
        var rest = integer
        for _ in 0..<(Value.bitWidth / 8) {
            update(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}
