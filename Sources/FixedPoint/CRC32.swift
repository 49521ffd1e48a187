/// CRC-32 (IEEE 802.3, reflected polynomial 0xEDB88320), bit by bit: for checks at set-up, where
/// speed does not matter and a table would be one more thing to check.
public struct CRC32: BitwiseCopyable, Sendable {
    @usableFromInline var register: UInt32 = 0xFFFF_FFFF

    @inlinable
    public init() {}

    @inlinable
    public var value: UInt32 { ~register }

    @inlinable
    public mutating func update(_ byte: UInt8) {
        register ^= UInt32(byte)
        for _ in 0..<8 {
            register = (register & 1) == 1 ? (register &>> 1) ^ 0xEDB8_8320 : register &>> 1
        }
    }

    /// Four bytes, least significant first.
    @inlinable
    public mutating func update(_ word: UInt32) {
        update(UInt8(truncatingIfNeeded: word))
        update(UInt8(truncatingIfNeeded: word &>> 8))
        update(UInt8(truncatingIfNeeded: word &>> 16))
        update(UInt8(truncatingIfNeeded: word &>> 24))
    }

    /// Four bytes, least significant first.
    @inlinable
    public mutating func update(_ word: Int32) {
        update(UInt32(bitPattern: word))
    }

    /// Two bytes, least significant first.
    @inlinable
    public mutating func update(_ half: Int16) {
        update(UInt8(truncatingIfNeeded: half))
        update(UInt8(truncatingIfNeeded: half &>> 8))
    }
}
