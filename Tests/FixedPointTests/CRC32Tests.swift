import CellReference
import FixedPoint
import Testing

@Suite("CRC-32")
struct CRC32Tests {
    @Test("it gives the check value of the standard")
    func checkValue() {
        var crc = CRC32()
        for byte in "123456789".utf8 { crc.update(byte) }
        #expect(crc.value == 0xCBF4_3926)
    }

    @Test("of nothing it is zero")
    func empty() {
        #expect(CRC32().value == 0)
    }

    @Test("words and halves count as their bytes, least significant first")
    func words() {
        var (whole, bytes) = (CRC32(), CRC32())
        whole.update(UInt32(0x0403_0201))
        whole.update(Int16(0x0605))
        whole.update(Int32.min)
        for byte: UInt8 in [1, 2, 3, 4, 5, 6, 0, 0, 0, 0x80] { bytes.update(byte) }
        #expect(whole.value == bytes.value)
    }

    @Test("it equals a table-driven implementation on random bytes")
    func tableDriven() {
        var random = SplitMix64(seed: 52)
        var (crc, checksum) = (CRC32(), Checksum())
        for _ in 0..<2_000 {
            let byte = UInt8(truncatingIfNeeded: random.next())
            crc.update(byte)
            checksum.update(byte)
            #expect(crc.value == checksum.value)
        }
    }
}
