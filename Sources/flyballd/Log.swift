import Glibc

/// Lines for people and for the journal, on standard error. Never called on the real-time thread.
enum Log {
    /// The priorities of syslog, which the journal reads from a prefix.
    enum Priority: Int {
        case alert = 1
        case error = 3
        case warning = 4
        case notice = 5
        case info = 6
    }

    /// systemd sets it when standard error is the journal (systemd.exec(5)).
    private static let isJournal = unsafe getenv("JOURNAL_STREAM") != nil

    static func write(_ priority: Priority, _ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let prefix = isJournal ? "<\(priority.rawValue)>" : label(priority)
            Output.error.write(prefix + line + "\n")
        }
    }

    private static func label(_ priority: Priority) -> String {
        switch priority {
        case .alert: "ALERT: "
        case .error: "error: "
        case .warning: "warning: "
        case .notice, .info: ""
        }
    }
}
