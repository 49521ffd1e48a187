import Foundation

/// A line on standard error for work that takes longer than two seconds, and only on a terminal.
struct Progress {
    private let label: String
    private let total: Int
    private let start = Date()
    private var shown = Date.distantPast

    init(_ label: String, total: Int) {
        self.label = label
        self.total = total
    }

    mutating func update(_ done: Int) {
        // Looking at the clock for every tick would cost more than the tick.
        guard done % 1_024 == 0, isatty(2) == 1 else { return }
        let now = Date()
        let elapsed = now.timeIntervalSince(start)
        guard elapsed > 2, now.timeIntervalSince(shown) > 0.2 else { return }
        shown = now
        let share = Double(done) / Double(max(1, total))
        let left = elapsed * (1 / max(share, 1e-6) - 1)
        let text = String(format: "\r%@ %3.0f %%, %.0f s left ", label, 100 * share, left)
        FileHandle.standardError.write(Data(text.utf8))
    }

    func finish() {
        guard shown != .distantPast else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
