import Devices
import Testing

@Suite("Numbers in the records of an IIO buffer")
struct IIOElementTests {
    @Test(
        "a type is read as the kernel documents it",
        arguments: [
            ("le:s12/16>>4", [0xF0, 0xFF], -1), ("le:s12/16>>4", [0xF7, 0x7F], 2_047),
            ("le:u12/16>>4", [0xF0, 0xFF], 4_095), ("be:s16/16>>0", [0x80, 0x00], -32_768),
            ("be:u16/16", [0x80, 0x01], 32_769), ("le:u8/8>>0", [0xFF], 255),
            ("be:s24/32>>8", [0xFF, 0xFF, 0xFE, 0x55], -2),
            ("le:s64/64>>0", [0, 0, 0, 0, 0, 0, 0, 0x80], Int64.min),
            ("le:u64/64>>0", [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Int64.max),
        ] as [(String, [UInt8], Int64)])
    func numbers(type: String, bytes: [UInt8], expected: Int64) throws {
        let element = try #require(IIOElement(type))
        #expect(element.byteCount == bytes.count)
        #expect(element.number(bytes[...]) == expected)
        // Of a record, not only of its beginning.
        #expect(element.number(([0xAA] + bytes)[1...]) == expected)
    }

    @Test(
        "what is none, does not fit, or is more than one number, is refused",
        arguments: [
            "", "le", "le:s12/16>>", "me:s12/16>>4", "le:x12/16>>4", "le:s12/12>>0", "le:s0/16>>0",
            "le:s16/16>>1", "le:s64/32>>0", "le:s16/16X3>>0", "le:s12/16>>4 ", "le:s999/16",
        ])
    func refused(type: String) {
        #expect(IIOElement(type) == nil)
    }

    @Test("channels lie in the order of their indexes, each at a multiple of its size")
    func layout() throws {
        let (half, word, stamp) = (
            try #require(IIOElement("le:s12/16>>4")), try #require(IIOElement("le:s24/32>>0")),
            try #require(IIOElement("le:s64/64>>0"))
        )
        let record = IIORecord([(3, half), (9, stamp), (1, half), (4, word)])
        // 1 at 0, 3 at 2, 4 at 4, 9 at 8.
        #expect(record.offsets == [2, 8, 0, 4] && record.byteCount == 16)
        let gap = IIORecord([(0, half), (1, word)])
        #expect(gap.offsets == [0, 4] && gap.byteCount == 8)
        let tail = IIORecord([(0, word), (1, half)])
        #expect(tail.offsets == [0, 4] && tail.byteCount == 8)
    }
}
