import Control
import Devices
import FixedPoint
import Testing

@Suite("TCLab requests and replies")
struct TCLabProtocolTests {
    static func percent(_ value: Double) -> Q16_16 { Q16_16(bits: Int32(value * 65536)) }

    static func line(_ text: String) -> ProtocolLine {
        let bytes = Array(text.utf8)
        return ProtocolLine(bytes.span)
    }

    static func level(_ value: Double, decimals: Int = 2) -> String {
        TCLabRequest.level(.q1, TCLabLevel(percent(value), decimals: decimals)).line.text
    }

    @Test("each request is one line with a lone LF")
    func requests() {
        let off = TCLabLevel.off
        let requests: [(TCLabRequest, String)] = [
            (.version, "VER."), (.scan, "SCAN."), (.temperature(.t1), "T1."),
            (.temperature(.t2), "T2."), (.level(.q1, off), "Q1 0."), (.level(.q2, off), "Q2 0."),
            (.stop, "X."),
        ]
        for (request, text) in requests {
            #expect(request.line.text == text)
            let last = request.line.bytes[request.line.count - 1]
            #expect(last == 0x0A)
        }
    }

    @Test(
        "a level is sent with two decimals, rounded half up",
        arguments: [
            (0, "0.00"), (50, "50.00"), (7.5, "7.50"), (99.996, "100.00"), (100, "100.00"),
            (33.333, "33.33"), (0.125, "0.13"), (0.004, "0.00"),
        ] as [(Double, String)])
    func decimals(value: Double, text: String) {
        #expect(Self.level(value) == "Q1 " + text + ".")
    }

    @Test(
        "a level for an old firmware is a whole number",
        arguments: [(0, "0"), (0.5, "1"), (49.49, "49"), (99.5, "100"), (100, "100"), (9, "9")]
            as [(Double, String)])
    func whole(value: Double, text: String) {
        #expect(Self.level(value, decimals: 0) == "Q1 " + text + ".")
    }

    @Test(
        "a level outside 0 ... 100 is sent as the end of it",
        arguments: [
            (-0.01, "0.00"), (-32768, "0.00"), (100.01, "100.00"), (32767, "100.00"),
        ] as [(Double, String)])
    func clipped(value: Double, text: String) {
        #expect(Self.level(value) == "Q1 " + text + ".")
    }

    @Test("every level that the laws can ask for is a number that the board reports as sent")
    func roundTrip() throws {
        var bits: Int32 = 0
        while bits <= 100 << 16 {
            for decimals in [0, 2] {
                let level = TCLabLevel(Q16_16(bits: bits), decimals: decimals)
                let text = TCLabRequest.level(.q2, level).line.text.dropFirst(3).dropLast()
                let echo = try #require(TCLabReply.level(Self.line(String(text))))
                #expect(level.isReported(as: echo))
            }
            bits += 4_099
        }
    }

    @Test(
        "another level than the one sent is told apart",
        arguments: [
            ("50.00", true), ("50.01", true), ("49.99", true), ("50.03", false),
            ("49.97", false), ("0.00", false), ("100.000", false), ("50", true), ("51", false),
        ])
    func readBack(text: String, isSame: Bool) throws {
        let level = TCLabLevel(Self.percent(50), decimals: 2)
        let echo = try #require(TCLabReply.level(Self.line(text)))
        #expect(level.isReported(as: echo) == isSame)
    }

    @Test(
        "a temperature is a number that the sensor can say",
        arguments: [
            ("23.45", nil), ("-40.00", nil), ("150.000", nil), ("nan", .malformed),
            ("inf", .malformed), ("", .malformed), ("Stop", .malformed), ("21.5 C", .malformed),
            ("-50.00", .outOfRange), ("279.71", .outOfRange), ("1023", .outOfRange),
        ] as [(String, SensorFault?)])
    func temperature(text: String, fault: SensorFault?) {
        var found: SensorFault?
        do { _ = try TCLabReply.temperature(Self.line(text)) } catch { found = error }
        #expect(found == fault)
    }

    @Test("a level below 0 or above 100 is no level", arguments: ["-0.01", "100.01", "255", "nan"])
    func noLevel(text: String) {
        #expect(TCLabReply.level(Self.line(text)) == nil)
    }

    @Test("both answers to X are known, and no other")
    func stop() {
        #expect(TCLabReply.isStop("Stop"))
        #expect(TCLabReply.isStop("X"))
        #expect(!TCLabReply.isStop("0.00"))
        #expect(TCLabReply.isOff("0.000"))
        #expect(!TCLabReply.isOff("Stop"))
    }
}
