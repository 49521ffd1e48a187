import Testing

import Devices

@Suite("Lines with their checksums")
struct LineFramingTests {
    /// The check values of the catalogue of parametrised CRC algorithms (CRC-8/SMBUS, CRC-16/MODBUS)
    /// for these nine digits; their exclusive or and sum by hand.
    static let check = Array("123456789".utf8)

    @Test(
        "known checksums",
        arguments: [
            (LineChecksum.xor, "31"), (.sum8, "DD"), (.crc8, "F4"), (.crc16Modbus, "4B37"),
        ])
    func known(checksum: LineChecksum, digits: String) {
        #expect(checksum.digits(Self.check) == Array(digits.utf8))
    }

    @Test("a small value keeps its leading zeros")
    func zeros() {
        #expect(LineChecksum.crc8.digits([]) == Array("00".utf8))
        #expect(LineChecksum.sum8.digits([5]) == Array("05".utf8))
    }

    @Test("a sentence of NMEA 0183 is made and read")
    func sentence() {
        // The example of the GPGLL sentence that handbooks of NMEA 0183 have.
        let framing = LineFraming(.crlf, checksum: .xor, skippedCount: 1)
        let text = Array("$GPGLL,5300.97914,N,00259.98174,E,125926,A".utf8)
        #expect(framing.line(text) == text + Array("*28\r\n".utf8))
        #expect(framing.text(text + Array("*28".utf8)) == text)
    }

    @Test("lowercase digits are read", arguments: LineChecksum.allCases)
    func lowercase(checksum: LineChecksum) {
        let framing = LineFraming(.lf, checksum: checksum)
        let line = framing.line(Self.check).dropLast()
        let lower = String(decoding: line, as: UTF8.self).lowercased()
        #expect(framing.text(Array(lower.utf8)) == Self.check)
    }

    @Test("no changed bit of a line passes, with any checksum", arguments: LineChecksum.allCases)
    func damage(checksum: LineChecksum) {
        let framing = LineFraming(.lf, checksum: checksum)
        let whole = Array(framing.line(Self.check).dropLast())
        #expect(framing.text(whole) == Self.check)
        for index in whole.indices {
            for bit in 0..<8 {
                var damaged = whole
                damaged[index] ^= 1 << bit
                // A digit in the other case is the same digit.
                let isCase = bit == 5 && index > Self.check.count && whole[index] >= 0x41
                #expect((framing.text(damaged) == nil) != isCase)
            }
        }
        #expect(framing.text([]) == nil)
        #expect(framing.text(Self.check) == nil)
    }

    @Test("without a checksum a line is its text")
    func none() {
        #expect(LineFraming(.cr).line(Self.check) == Self.check + [13])
        #expect(LineFraming(.lf).text(Self.check) == Self.check)
    }
}
