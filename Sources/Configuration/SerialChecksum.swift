/// The checksum of a line of text; raw values are the user's words.
package enum SerialChecksum: String, CaseIterable, Sendable {
    case none
    case xor
    case sum8
    case crc8
    case crc16Modbus = "crc16-modbus"
}
