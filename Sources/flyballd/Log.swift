import Glibc
import Logging
import Service

/// What the daemon says to people and to the journal. Never called on the real-time thread.
enum Log {
    /// The priorities of syslog.
    enum Priority {
        /// An output may be on although it should not: somebody must look.
        case alert
        case error
        case warning
        case notice
        case info

        fileprivate var level: Logger.Level {
            switch self {
            case .alert: .critical
            case .error: .error
            case .warning: .warning
            case .notice: .notice
            case .info: .info
            }
        }
    }

    private static let logger = Logger(label: "flyballd") { identifier in
        let isJournal = JournalStream.leads(2, variable: environment("JOURNAL_STREAM"))
        return JournalLogHandler(
            identifier: identifier,
            journal: isJournal ? DatagramSocket(path: JournalLogHandler.socketPath) : nil,
            isPrefixed: isJournal
        ) { Output.error.write($0) }
    }

    static func environment(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    /// - Parameters:
    ///   - message: what kind of event it is; nil for words that no program looks for.
    ///   - fields: of the journal, where they are named FLYBALL_ and the key.
    static func write(
        _ priority: Priority, _ text: String, _ message: MessageID? = nil,
        fields: [String: String] = [:]
    ) {
        var metadata = fields.mapValues { Logger.MetadataValue.string($0) }
        if let message {
            metadata[JournalLogHandler.messageKey] = .string(message.rawValue)
        }
        logger.log(level: priority.level, "\(text)", metadata: metadata)
    }
}
