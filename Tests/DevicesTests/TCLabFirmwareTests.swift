import Devices
import FixedPoint
import Testing

@Suite("TCLab firmwares")
struct TCLabFirmwareTests {
    static func identify(_ line: String) -> Result<TCLabFirmware, TCLabRefusal> {
        let bytes = Array(line.utf8)
        let reply = ProtocolLine(bytes.span)
        return Result { () throws(TCLabRefusal) in try TCLabFirmware(reply: reply) }
    }

    @Test(
        "every firmware from 1.1 on is driven",
        arguments: [
            ("TCLab Firmware Version 1.1.0", TCLabFirmware(1, 1, 0)),
            ("TCLab Firmware Version 1.2.1", TCLabFirmware(1, 2, 1)),
            ("TCLab Firmware 1.3.0", TCLabFirmware(1, 3, 0)),
            ("TCLab Firmware 1.4.3 Arduino Leonardo/Micro", TCLabFirmware(1, 4, 3)),
            ("TCLab Firmware 2.0.1 Arduino Uno", TCLabFirmware(2, 0, 1)),
            ("TCLab Firmware 10.20", TCLabFirmware(10, 20, 0)),
        ])
    func driven(line: String, firmware: TCLabFirmware) {
        #expect(Self.identify(line) == .success(firmware))
    }

    @Test("0.03 is known by its sleep")
    func sleeps() {
        #expect(Self.identify("Stop") == .failure(.sleeps))
    }

    @Test(
        "firmware before 1.1 is refused by its own words; 1.01 is not 1.1",
        arguments: [
            "TCLab Firmware Version 1.01", "TCLab Firmware 1.0.1", "TCLab Firmware 0.9.9 Arduino",
            "TCLab Firmware 01.4.3",
        ])
    func tooOld(line: String) {
        let bytes = Array(line.utf8)
        let reply = ProtocolLine(bytes.span)
        #expect(Self.identify(line) == .failure(.tooOld(reply)))
        #expect(TCLabRefusal.tooOld(reply).description.contains(line))
    }

    @Test(
        "everything else is foreign",
        arguments: [
            "", "VER", "21.5", "TCLab", "TCLab Firmware ", "TCLab Firmware Version ",
            "TCLab Firmware 2", "TCLab Firmware 2.", "TCLab Firmware .2", "TCLab Firmware 2..1",
            "TCLab Firmware 2.0.1.1", "TCLab Firmware 2.0.", "TCLab Firmware 2.x.1",
            "TCLab Firmware 65536.0.1", "tclab firmware 2.0.1", " TCLab Firmware 2.0.1",
        ])
    func foreign(line: String) {
        let bytes = Array(line.utf8)
        #expect(Self.identify(line) == .failure(.foreign(ProtocolLine(bytes.span))))
    }

    @Test("SCAN came with 1.3, decimals with 1.4")
    func features() {
        #expect(!TCLabFirmware(1, 2, 3).hasScan)
        #expect(TCLabFirmware(1, 3, 0).hasScan)
        #expect(TCLabFirmware(1, 3, 9).levelDecimals == 0)
        #expect(TCLabFirmware(1, 4, 0).levelDecimals == 2)
    }
}
