import Foundation
import Service
import Testing

@Suite("Message ids")
struct MessageIDTests {
    /// The table of docs/messages.md: what alarms were built on. An id that changes, or a message
    /// that loses its row, fails here.
    private static let table: [String: String] = {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("docs/messages.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        var rows: [String: String] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
            }
            if cells.count >= 3 { rows[cells[0]] = cells[2] }
        }
        return rows
    }()

    @Test(
        "a message has the id of its row, and no other message has it",
        arguments: MessageID.allCases)
    func stable(message: MessageID) {
        #expect(Self.table["\(message)"] == message.rawValue)
        let same = MessageID.allCases.filter { $0.rawValue == message.rawValue }
        #expect(same == [message])
        let isHexadecimal = message.rawValue.allSatisfy { $0.isHexDigit && !$0.isUppercase }
        #expect(message.rawValue.count == 32 && isHexadecimal)
    }

    @Test("the page has no row without a message")
    func complete() {
        #expect(Self.table.count == MessageID.allCases.count)
    }
}
