/// The checksum behind a line of text, as hexadecimal digits with the highest first.
package enum LineChecksum: CaseIterable, Sendable {
    /// All bytes, exclusive or: NMEA 0183.
    case xor
    /// The sum of all bytes modulo 256.
    case sum8
    /// Polynomial 0x07, begun with 0: CRC-8 of the SMBus.
    case crc8
    /// Polynomial 0x8005 reflected, begun with 0xFFFF: that of Modbus over serial line, 6.2.2.
    case crc16Modbus

    var digitCount: Int { self == .crc16Modbus ? 4 : 2 }

    func value(_ bytes: some Sequence<UInt8>) -> UInt16 {
        switch self {
        case .xor: UInt16(bytes.reduce(0, ^))
        case .sum8: UInt16(bytes.reduce(0, &+))
        case .crc8: UInt16(Self.crc8(bytes))
        case .crc16Modbus: Self.crc16(bytes)
        }
    }

    /// Uppercase, as NMEA writes them.
    package func digits(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let text = String(value(bytes), radix: 16, uppercase: true)
        return Array((String(repeating: "0", count: digitCount - text.utf8.count) + text).utf8)
    }

    private static func crc8(_ bytes: some Sequence<UInt8>) -> UInt8 {
        var crc: UInt8 = 0
        for byte in bytes {
            crc ^= byte
            for _ in 0..<8 {
                crc = crc & 0x80 != 0 ? crc << 1 ^ 0x07 : crc << 1
            }
        }
        return crc
    }

    private static func crc16(_ bytes: some Sequence<UInt8>) -> UInt16 {
        var crc: UInt16 = 0xFFFF
        for byte in bytes {
            crc ^= UInt16(byte)
            for _ in 0..<8 {
                crc = crc & 1 != 0 ? crc >> 1 ^ 0xA001 : crc >> 1
            }
        }
        return crc
    }
}
