/// How one channel lies in the records of an IIO buffer, as its file `_type` says it:
/// `le:s12/16>>4` is a signed number of 12 bits in 16, above 4 that mean nothing, lowest byte first
/// (Documentation/ABI/testing/sysfs-bus-iio).
package struct IIOElement: Equatable, Sendable {
    package let isBigEndian: Bool
    package let isSigned: Bool
    package let bits: Int
    package let storageBits: Int
    package let shift: Int

    /// `nil` when it is none, or more than one number (`X3`), which no loop can use.
    package init?(_ type: String) {
        guard let match = type.wholeMatch(of: /(be|le):(s|u)(\d{1,2})\/(\d{1,2})(?:>>(\d{1,2}))?/),
            let bits = Int(match.3), let storageBits = Int(match.4),
            let shift = Int(match.5 ?? "0"), [8, 16, 32, 64].contains(storageBits), bits > 0,
            bits + shift <= storageBits
        else { return nil }
        isBigEndian = match.1 == "be"
        isSigned = match.2 == "s"
        self.bits = bits
        self.storageBits = storageBits
        self.shift = shift
    }

    package var byteCount: Int { storageBits / 8 }

    /// The number in these bytes, `byteCount` of them.
    package func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
        var raw: UInt64 = 0
        for byte in isBigEndian ? Array(bytes) : bytes.reversed() { raw = raw << 8 | UInt64(byte) }
        raw >>= UInt64(shift)
        let unused = UInt64(64 - bits)
        guard isSigned else { return Int64(clamping: (raw << unused) >> unused) }
        return Int64(bitPattern: raw << unused) >> Int64(unused)
    }
}
