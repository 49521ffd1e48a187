import Foundation

/// One line on standard error that says how far something is, written over again; nothing where
/// that is no terminal.
struct LiveLine {
    private var isShown = false

    mutating func show(_ text: String) {
        guard isatty(2) == 1 else { return }
        isShown = true
        FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
    }

    mutating func finish() {
        guard isShown else { return }
        isShown = false
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
