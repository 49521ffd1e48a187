import Control
import Devices
import Glibc
import Testing

@Suite("DS18B20 on 1-Wire")
struct DS18B20Tests {
    static let directory = "/sys/bus/w1/devices/28-0316a279f6ff"
    static let slave = "\(directory)/w1_slave"

    /// The file for a temperature in 1/16 C, with the checksum that it has or should not have.
    static func text(_ sixteenths: Int16, isWrong: Bool = false) -> String {
        let bits = UInt16(bitPattern: sixteenths)
        var bytes = [UInt8(bits & 0xFF), UInt8(bits >> 8), 0x4B, 0x46, 0x7F, 0xFF, 0x0C, 0x10]
        bytes.append(DS18B20Reply.checksum(bytes) ^ (isWrong ? 1 : 0))
        let words = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let line = words.joined(separator: " ")
        return "\(line) : crc=\(words[8]) \(isWrong ? "NO" : "YES")\n\(line) t=0"
    }

    /// From the data sheet: the bytes after power-on, and the kernel's documentation of the file.
    @Test("the checksum is that of the data sheet")
    func checksum() throws {
        let powerOn: [UInt8] = [0x50, 0x05, 0x4B, 0x46, 0x7F, 0xFF, 0x0C, 0x10]
        #expect(DS18B20Reply.checksum(powerOn) == 0x1C)
        let file = """
            72 01 4b 46 7f ff 0e 10 57 : crc=57 YES
            72 01 4b 46 7f ff 0e 10 57 t=23125
            """
        #expect(DS18B20Reply(file)?.celsius == 23.125)
    }

    @Test("the whole range, with its sign", arguments: [-880, -1, 0, 1, 2000] as [Int16])
    func range(sixteenths: Int16) {
        #expect(DS18B20Reply(Self.text(sixteenths))?.sixteenths == sixteenths)
    }

    @Test(
        "what is damaged, absent or impossible is no answer",
        arguments: [
            "", "nonsense", text(370, isWrong: true), text(2001), text(-881),
            "00 00 00 00 00 00 00 00 00 : crc=00 YES\n",
            "ff ff ff ff ff ff ff ff ff : crc=c9 NO\n", "72 01 4b 46 7f ff 0e 10 : crc=57 YES",
            "72 01 4b 46 7f ff 0e 10 57 57 : crc=57 YES", "zz 01 4b 46 7f ff 0e 10 57 : crc=57 YES",
        ])
    func damaged(text: String) {
        #expect(DS18B20Reply(text) == nil)
    }

    /// What the tick reads after each answer of the sensor.
    static func readings(_ texts: [String]) throws -> [Result<Double?, SensorFault>] {
        let files = ScriptedFiles([slave: ""])
        let read = ReadInput()
        let sensor = FileSensor(
            read.channel, DS18B20(serial: "28-0316a279f6ff"), cycleNanoseconds: 1, calls: files,
            clock: TestClock())
        try sensor.open(nowNanoseconds: 1)
        return try texts.map { text in
            files[slave] = text
            _ = try sensor.serve(nowNanoseconds: 1)
            return read.reading
        }
    }

    @Test("85 C is what a sensor says that lost its power: believed only near the one before")
    func powerOn() throws {
        let powerOn = Self.text(1360)
        #expect(try Self.readings([powerOn]) == [.failure(.malformed)])
        #expect(
            try Self.readings([Self.text(320), powerOn, Self.text(321)]) == [
                .success(20), .failure(.malformed), .success(20.0625),
            ])
        // A sensor that was restarted twice does not vouch for itself.
        #expect(
            try Self.readings([Self.text(320), powerOn, powerOn]).suffix(2) == [
                .failure(.malformed), .failure(.malformed),
            ])
        #expect(
            try Self.readings([Self.text(1280), powerOn, Self.text(1361)]) == [
                .success(80), .success(85), .success(85.0625),
            ])
        #expect(
            try Self.readings([Self.text(1279), powerOn]) == [
                .success(79.9375), .failure(.malformed),
            ])
    }

    @Test("a damaged answer is malformed; a bus that fails is a sensor that is gone")
    func faults() throws {
        #expect(
            try Self.readings([Self.text(320, isWrong: true)]) == [.failure(.malformed)])
        let files = ScriptedFiles([Self.slave: Self.text(320)])
        let read = ReadInput()
        let sensor = FileSensor(
            read.channel, DS18B20(serial: "28-0316a279f6ff"), cycleNanoseconds: 1, calls: files,
            clock: TestClock())
        try sensor.open(nowNanoseconds: 1)
        files.fail("read \(Self.slave)", with: EIO)
        _ = try sensor.serve(nowNanoseconds: 1)
        #expect(read.reading == .failure(.disconnected))
        files[Self.slave] = nil
        let gone = boardFault { () throws(BoardFault) in _ = try sensor.serve(nowNanoseconds: 1) }
        #expect(gone == .call(Self.slave, errno: ENOENT))
        let absent = boardFault { () throws(BoardFault) in try sensor.open(nowNanoseconds: 1) }
        #expect(absent == .call(Self.directory, errno: ENOENT))
        #expect(files.trace.first == "list \(Self.directory)")
    }

    @Test("a driver that only has the file temperature is read by it, by the same rules")
    func temperatureFile() throws {
        let path = "\(Self.directory)/temperature"
        let files = ScriptedFiles([path: ""])
        let read = ReadInput()
        let sensor = FileSensor(
            read.channel, DS18B20(serial: "28-0316a279f6ff"), cycleNanoseconds: 1, calls: files,
            clock: TestClock())
        try sensor.open(nowNanoseconds: 1)
        var readings: [Result<Double?, SensorFault>] = []
        for text in ["85000", "21500", "x"] {
            files[path] = text
            _ = try sensor.serve(nowNanoseconds: 1)
            readings.append(read.reading)
        }
        #expect(readings == [.failure(.malformed), .success(21.5), .failure(.malformed)])
        files.fail("read \(path)", with: EAGAIN)
        _ = try sensor.serve(nowNanoseconds: 1)
        #expect(read.reading == .failure(.disconnected))
    }
}
