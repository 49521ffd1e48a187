import Devices
import FixedPoint
import Testing

@Suite("Decimal text")
struct DecimalTextTests {
    static func value(_ text: String) -> Int32? {
        let bytes = Array(text.utf8)
        return Q16_16(decimalText: bytes.span)?.bits
    }

    @Test(
        "what an Arduino prints for a number is that number, to the nearest step",
        arguments: [
            ("0", 0), ("7", 7 << 16), ("23.45", 1_536_819), ("-0.50", -32_768), ("-0", 0),
            ("100.000", 100 << 16), ("0.000007", 0), ("0.000008", 1), ("-0.000008", -1),
            ("32767.99999", 2_147_483_647), ("-32768", -2_147_483_648), ("00021.5", 1_409_024),
        ] as [(String, Int32)])
    func accepted(text: String, bits: Int32) {
        #expect(Self.value(text) == bits)
    }

    @Test(
        "everything else is no number",
        arguments: [
            "", "-", ".", ".5", "5.", "-.5", "--1", "+1", " 1", "1 ", "1.2.3", "nan", "NaN", "inf",
            "-inf", "ovf", "1e3", "0x10", "1,5", "21.5C", "32768", "-32768.1", "99999",
            "32767.999999", "123456", "1.1234567", "\u{0}", "1\u{0}", "٣",
        ])
    func refused(text: String) {
        #expect(Self.value(text) == nil)
    }
}
