import Foundation

/// Progress of long work on standard error, once a second, and only on a terminal.
struct TrainingMeter {
    private let start = Date()
    private var shown = Date()
    private var hasShown = false

    mutating func show(_ label: String, done: Int, total: Int, note: String) {
        let now = Date()
        guard isatty(2) == 1, now.timeIntervalSince(shown) > 1 else { return }
        shown = now
        hasShown = true
        let elapsed = now.timeIntervalSince(start)
        let share = Double(done) / Double(max(1, total))
        let text = String(
            format: "\r\u{1B}[K%@ %3.0f %%, %@, %.0f s", label, 100 * share, note, elapsed)
        FileHandle.standardError.write(Data(text.utf8))
    }

    func finish() {
        guard hasShown else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
