/// What a DS18B20 says, as the file `w1_slave` shows it: nine bytes of its scratchpad, twice.
///
///     50 05 4b 46 7f ff 0c 10 1c : crc=1c YES
///     50 05 4b 46 7f ff 0c 10 1c t=85000
package struct DS18B20Reply: Equatable, Sendable {
    /// What the sensor holds after power-on, before its first conversion: 85 C.
    package static let powerOnSixteenths: Int16 = 1_360
    /// The sensor's range, -55 ... 125 C.
    package static let rangeSixteenths: ClosedRange<Int16> = (-55 * 16)...(125 * 16)

    /// Temperature in 1/16 C.
    package let sixteenths: Int16

    /// `nil` when the text is none, its checksum is wrong, or no sensor answered.
    package init?(_ text: String) {
        let words = text.prefix { $0 != ":" }.split(separator: " ")
        let bytes = words.compactMap { UInt8($0, radix: 16) }
        guard words.count == 9, bytes.count == 9, Self.checksum(bytes.prefix(8)) == bytes[8] else {
            return nil
        }
        // A line that is held low reads as zeros, whose checksum is zero.
        guard bytes.contains(where: { $0 != 0 }) else { return nil }
        let sixteenths = Int16(bitPattern: UInt16(bytes[0]) | UInt16(bytes[1]) << 8)
        guard Self.rangeSixteenths.contains(sixteenths) else { return nil }
        self.sixteenths = sixteenths
    }

    package var celsius: Double { Double(sixteenths) / 16 }

    /// CRC-8 of 1-Wire: polynomial x^8 + x^5 + x^4 + 1, lowest bit first (Maxim application note 27).
    package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt8 {
        var crc: UInt8 = 0
        for byte in bytes {
            crc ^= byte
            for _ in 0..<8 {
                crc = crc & 1 != 0 ? crc >> 1 ^ 0x8C : crc >> 1
            }
        }
        return crc
    }
}
