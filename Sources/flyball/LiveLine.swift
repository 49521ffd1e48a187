import FoundationEssentials
import Glibc

/// A line on standard error that says how far something is: on a terminal written over again, once it takes longer
/// than two seconds; elsewhere, as in a log, one a minute.
struct LiveLine {
    private let isTerminal: Bool
    private let begun: Date
    private var shown: Date?

    private static let patience = 2.0
    private static let terminalInterval = 0.2
    private static let logInterval = 60.0

    init(isTerminal: Bool = isatty(2) == 1, at now: Date = Date()) {
        self.isTerminal = isTerminal
        begun = now
    }

    /// Whether a line is to be shown now; if so, the next one is not before its time.
    mutating func isDue(at now: Date) -> Bool {
        let pause =
            isTerminal
            ? (shown == nil ? Self.patience : Self.terminalInterval) : Self.logInterval
        guard now.timeIntervalSince(shown ?? begun) >= pause else { return false }
        shown = now
        return true
    }

    mutating func show(_ text: @autoclosure () -> String) {
        guard isDue(at: Date()) else { return }
        Console.write(error: isTerminal ? "\r\u{1B}[K\(text())" : "\(text())\n")
    }

    func finish() {
        guard isTerminal, shown != nil else { return }
        Console.write(error: "\r\u{1B}[K")
    }
}
