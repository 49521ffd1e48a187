import Glibc

/// One line on standard error that says how far something is, written over again; nothing where
/// that is no terminal.
struct LiveLine {
    private var isShown = false

    mutating func show(_ text: String) {
        guard isatty(2) == 1 else { return }
        isShown = true
        Console.write(error: "\r\u{1B}[K\(text)")
    }

    mutating func finish() {
        guard isShown else { return }
        isShown = false
        Console.write(error: "\r\u{1B}[K")
    }
}
