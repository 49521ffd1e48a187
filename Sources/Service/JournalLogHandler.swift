package import Logging

/// Writes log events to the journal with priority, message id and fields, or as text where there is
/// no journal.
///
/// It never waits: when the journal is behind, the event goes the way of text.
package struct JournalLogHandler: LogHandler {
    /// The key of metadata that holds a `MessageID`.
    package static let messageKey = "message_id"
    package static let socketPath = "/run/systemd/journal/socket"

    package var logLevel = Logger.Level.info
    package var metadata = Logger.Metadata()
    package var metadataProvider: Logger.MetadataProvider?

    private let identifier: String
    private let journal: DatagramSocket?
    /// Whether text ends in the journal, which reads priorities from a prefix.
    private let isPrefixed: Bool
    private let writeText: @Sendable (String) -> Void

    /// - Parameters:
    ///   - identifier: SYSLOG_IDENTIFIER of the entries.
    ///   - journal: nil writes text.
    ///   - isPrefixed: whether lines of text begin with "<priority>", else with a word for people.
    ///   - writeText: takes whole lines.
    package init(
        identifier: String, journal: DatagramSocket?, isPrefixed: Bool,
        writeText: @escaping @Sendable (String) -> Void
    ) {
        self.identifier = identifier
        self.journal = journal
        self.isPrefixed = isPrefixed
        self.writeText = writeText
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let message = event.message.description
        let fields = metadata.merging(event.metadata ?? [:]) { _, own in own }
        if let journal, journal.send(entry(event.level, message, fields)) { return }
        for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
            writeText(prefix(event.level) + line + "\n")
        }
    }

    private func entry(
        _ level: Logger.Level, _ message: String, _ fields: Logger.Metadata
    ) -> [UInt8] {
        var entry = JournalEntry()
        entry.add("MESSAGE", message)
        entry.add("PRIORITY", "\(Self.priority(of: level))")
        entry.add("SYSLOG_IDENTIFIER", identifier)
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            let name = key == Self.messageKey ? "MESSAGE_ID" : "FLYBALL_" + key.uppercased()
            entry.add(name, "\(value)")
        }
        return entry.bytes
    }

    private func prefix(_ level: Logger.Level) -> String {
        if isPrefixed { return "<\(Self.priority(of: level))>" }
        return switch level {
        case .critical: "ALERT: "
        case .error: "error: "
        case .warning: "warning: "
        case .notice, .info, .debug, .trace: ""
        }
    }

    /// The priorities of syslog. Critical is an alert here: an output may be on, and somebody must
    /// look.
    package static func priority(of level: Logger.Level) -> Int {
        switch level {
        case .critical: 1
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}
