import FoundationEssentials
import Glibc
import Pictures

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
        let percent = NumberText.fixed(100 * share, decimals: 0)
        let seconds = NumberText.fixed(left, decimals: 0)
        Console.write(error: "\r\u{1B}[K\(label) \(percent) %, \(note), \(seconds) s left")
    }

    func finish() {
        guard hasShown else { return }
        Console.write(error: "\r\u{1B}[K")
    }
}
