import Foundation
import Logging
import Service
import Synchronization
import Testing

@Suite("The journal")
struct JournalTests {
    private final class Lines: Sendable {
        let written = Mutex<[String]>([])
        func write(_ line: String) { written.withLock { $0.append(line) } }
    }

    private func logger(_ journal: DatagramSocket?, prefixed: Bool, _ lines: Lines) -> Logger {
        Logger(label: "flyballd") { label in
            JournalLogHandler(identifier: label, journal: journal, isPrefixed: prefixed) {
                lines.write($0)
            }
        }
    }

    @Test("gets the message with priority, identifier, message id and fields")
    func entry() throws {
        let receiver = try #require(Receiver())
        let lines = Lines()
        let socket = try #require(DatagramSocket(path: receiver.path))
        let log = logger(socket, prefixed: true, lines)
        log.critical(
            "heater: safe",
            metadata: [
                JournalLogHandler.messageKey: .string(MessageID.safeState.rawValue),
                "loop": "heater",
            ])
        #expect(
            receiver.nextText == """
                MESSAGE=heater: safe
                PRIORITY=1
                SYSLOG_IDENTIFIER=flyballd
                FLYBALL_LOOP=heater
                MESSAGE_ID=\(MessageID.safeState.rawValue)

                """)
        #expect(lines.written.withLock { $0 } == [])
    }

    @Test("gets text of several lines with its length, as the protocol says")
    func severalLines() {
        var entry = JournalEntry()
        entry.add("MESSAGE", "a\nb")
        #expect(
            entry.bytes
                == Array("MESSAGE\n".utf8) + [3, 0, 0, 0, 0, 0, 0, 0] + Array("a\nb\n".utf8))
    }

    @Test(
        "gets no field whose name it would refuse",
        arguments: ["", "_PID", "9LIVES", "lower", "A-B", "A=B", String(repeating: "A", count: 65)])
    func badName(name: String) {
        var entry = JournalEntry()
        entry.add(name, "x")
        #expect(entry.bytes.isEmpty)
    }

    @Test("gets long values cut, so that an entry fits into a datagram")
    func longValue() throws {
        let receiver = try #require(Receiver())
        let socket = try #require(DatagramSocket(path: receiver.path))
        let log = logger(socket, prefixed: true, Lines())
        log.error("\(String(repeating: "x", count: 1_000_000))")
        let received = try #require(receiver.next())
        #expect(received.count > JournalEntry.longestValueBytes)
        #expect(received.count < JournalEntry.longestValueBytes + 200)
    }

    @Test("that takes nothing is passed over: the line is text with its priority")
    func deaf() throws {
        let lines = Lines()
        let socket: DatagramSocket
        do {
            let receiver = try #require(Receiver())
            socket = try #require(DatagramSocket(path: receiver.path))
        }
        let log = logger(socket, prefixed: true, lines)
        log.warning("one\ntwo")
        #expect(lines.written.withLock { $0 } == ["<4>one\n", "<4>two\n"])
    }

    @Test(
        "without a journal people read a word instead of a number",
        arguments: [
            (Logger.Level.critical, "ALERT: "), (.error, "error: "), (.warning, "warning: "),
            (.notice, ""), (.info, ""),
        ])
    func words(level: Logger.Level, word: String) {
        let lines = Lines()
        logger(nil, prefixed: false, lines).log(level: level, "text")
        #expect(lines.written.withLock { $0 } == [word + "text\n"])
    }

    @Test("is behind a descriptor only when JOURNAL_STREAM names that very file")
    func stream() throws {
        let path = "/tmp/flyball-stream-\(getpid())"
        try Data().write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try #require(FileHandle(forReadingAtPath: path))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let device = try #require(attributes[.systemNumber] as? NSNumber).uint64Value
        let inode = try #require(attributes[.systemFileNumber] as? NSNumber).uint64Value
        let descriptor = file.fileDescriptor
        #expect(JournalStream.leads(descriptor, variable: "\(device):\(inode)"))
        for wrong in [nil, "", "\(device)", "\(device):\(inode &+ 1)", "x:\(inode)"] as [String?] {
            #expect(!JournalStream.leads(descriptor, variable: wrong))
        }
        #expect(!JournalStream.leads(-1, variable: "\(device):\(inode)"))
    }
}
