import Devices
import Testing

@Suite("Lines")
struct LineFramerTests {
    static func events(_ text: String) -> [LineFramer.Event] {
        var framer = LineFramer()
        return text.utf8.compactMap { framer.push($0) }
    }

    @Test("LF and CRLF end a line; a CR inside stays")
    func ends() {
        let events = Self.events("a\r\nbc\n\r\nd\re\nrest")
        let expected: [LineFramer.Event] = [
            .line("a"), .line("bc"), .line(""), .line("d\re"),
        ]
        #expect(events == expected)
    }

    @Test("a line that fills the memory is a line")
    func longest() {
        let text = String(repeating: "5", count: ProtocolLine.capacity)
        #expect(Self.events(text + "\n") == [.line(ProtocolLine(Array(text.utf8).span))])
    }

    @Test("a line that does not fit is reported once and skipped, and the next one counts")
    func overlong() {
        let text = String(repeating: "5", count: 10 * ProtocolLine.capacity)
        #expect(Self.events(text + "\nx\n") == [.overlong, .line("x")])
    }

    @Test("bytes that are no text are shown as dots")
    func printable() {
        let bytes: [UInt8] = [0x54, 0x00, 0x7F, 0xFF, 0x20]
        #expect(ProtocolLine(bytes.span).text == "T... ")
    }
}

extension ProtocolLine: ExpressibleByStringLiteral {
    public init(stringLiteral text: StaticString) { self.init(text) }
}
