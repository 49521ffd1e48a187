import Foundation

/// Progress of long work on standard error, once a second, and only on a terminal.
struct TrainingMeter {
    private var label = ""
    private var start = Date()
    private var first = 0
    private var shown = Date()
    private var hasShown = false

    mutating func show(_ label: String, done: Int, total: Int, note: String) {
        let now = Date()
        if label != self.label { (self.label, start, first) = (label, now, done) }
        guard isatty(2) == 1, now.timeIntervalSince(shown) > 1 else { return }
        shown = now
        hasShown = true
        let elapsed = now.timeIntervalSince(start)
        let share = Double(done) / Double(max(1, total))
        let left = elapsed * Double(total - done) / Double(max(1, done - first))
        let text = String(
            format: "\r\u{1B}[K%@ %3.0f %%, %@, %.0f s left", label, 100 * share, note, left)
        FileHandle.standardError.write(Data(text.utf8))
    }

    func finish() {
        guard hasShown else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
