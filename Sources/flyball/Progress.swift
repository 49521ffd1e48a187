import FoundationEssentials
import Glibc
import Pictures

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
        let percent = NumberText.fixed(100 * share, decimals: 0)
        let seconds = NumberText.fixed(left, decimals: 0)
        Console.write(error: "\r\(label) \(percent) %, \(seconds) s left ")
    }

    func finish() {
        guard shown != .distantPast else { return }
        Console.write(error: "\r\u{1B}[K")
    }
}
