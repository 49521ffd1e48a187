import Devices
import Testing

@Suite("Numbers in Modbus registers")
struct ModbusNumberTests {
    static let pairs: [(ModbusNumber, Double, [UInt16])] = [
        (ModbusNumber(.bit), 1, [1]),
        (ModbusNumber(.u16), 65_535, [0xFFFF]),
        (ModbusNumber(.i16), -1, [0xFFFF]),
        (ModbusNumber(.i16), -32_768, [0x8000]),
        (ModbusNumber(.u32), 65_536, [1, 0]),
        (ModbusNumber(.u32, isLowWordFirst: true), 65_536, [0, 1]),
        (ModbusNumber(.u32), 4_294_967_295, [0xFFFF, 0xFFFF]),
        (ModbusNumber(.i32), -2, [0xFFFF, 0xFFFE]),
        (ModbusNumber(.i32, isLowWordFirst: true), -2, [0xFFFE, 0xFFFF]),
        // 0x42F6E979, IEEE 754.
        (ModbusNumber(.f32), Double(Float(123.456)), [0x42F6, 0xE979]),
        (ModbusNumber(.f32, isLowWordFirst: true), Double(Float(123.456)), [0xE979, 0x42F6]),
    ]

    @Test("stand in them and come back", arguments: pairs)
    func both(number: ModbusNumber, value: Double, words: [UInt16]) {
        #expect(number.words(value) == words)
        #expect(number.value(words) == value)
    }

    @Test("that do not fit become the nearest that does")
    func clamped() {
        #expect(ModbusNumber(.u16).words(-1) == [0])
        #expect(ModbusNumber(.u16).words(70_000) == [0xFFFF])
        #expect(ModbusNumber(.i16).words(-40_000) == [0x8000])
        #expect(ModbusNumber(.u32).words(1e12) == [0xFFFF, 0xFFFF])
        #expect(ModbusNumber(.i32).words(-1e12) == [0x8000, 0])
        #expect(ModbusNumber(.u16).words(2.5) == [3])
        #expect(ModbusNumber(.bit).words(0.49) == [0])
        #expect(ModbusNumber(.bit).words(0.5) == [1])
    }

    @Test("that are none are refused")
    func none() {
        #expect(ModbusNumber(.f32).value([0x7FC0, 0]) == nil)
        #expect(ModbusNumber(.f32).value([0x7F80, 0]) == nil)
        #expect(ModbusNumber(.u32).value([1]) == nil)
        #expect(ModbusNumber(.u16).value([]) == nil)
    }
}
