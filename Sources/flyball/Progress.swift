import FoundationEssentials
import Pictures

/// How far long work is, what it has come to, and how long it will take yet, as a live line.
struct Progress {
    private var line = LiveLine()
    /// Of the part of the work that the label names.
    private var label = ""
    private var begun = Date()
    private var first = 0

    mutating func show(_ label: String, done: Int, total: Int, note: String? = nil) {
        if label != self.label { (self.label, begun, first) = (label, Date(), done) }
        let (elapsed, gone) = (-begun.timeIntervalSinceNow, done - first)
        let left = gone > 0 ? elapsed * Double(total - done) / Double(gone) : nil
        line.show(Self.text(label, done: done, total: total, note: note, secondsLeft: left))
    }

    static func text(
        _ label: String, done: Int, total: Int, note: String?, secondsLeft: Double?
    ) -> String {
        let percent = NumberText.fixed(100 * Double(done) / Double(max(1, total)), decimals: 0)
        let left = secondsLeft.map { "\(NumberText.duration(seconds: $0)) left" }
        return ["\(label) \(percent) %", note, left].compactMap(\.self).joined(separator: ", ")
    }

    func finish() { line.finish() }
}
