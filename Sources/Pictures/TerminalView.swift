/// What to write to a terminal, or to a pipe in its place, as a loop runs.
///
/// Use: write `opening`, then what `update` returns after each tick, then `closing` on every way
/// out, because it brings the cursor back.
package struct TerminalView: Sendable {
    /// How the run is shown.
    package enum Mode: Equatable, Sendable {
        /// The whole chart again and again in the same place, on a terminal of that many
        /// characters.
        case repaint(width: Int, height: Int)
        /// One plain line for every so many samples, for files, pipes and the journal.
        case lines(every: Int)
    }

    /// May change between updates, when the terminal's size does.
    package var mode: Mode
    package var chart: TerminalChart
    private var count = 0

    package init(mode: Mode, chart: TerminalChart) {
        self.mode = mode
        self.chart = chart
    }

    /// Hides the cursor and clears the screen, when repainting.
    package var opening: String {
        if case .repaint = mode { "\u{1b}[?25l\u{1b}[2J\u{1b}[H" } else { "" }
    }

    /// Shows the cursor again below the chart, when repainting.
    package var closing: String {
        if case .repaint = mode { "\u{1b}[0m\u{1b}[?25h\n" } else { "" }
    }

    /// Takes one sample and returns the text to write now; empty when there is none.
    package mutating func update(_ sample: TerminalSample, status: String) -> String {
        chart.status = status
        chart.append(sample)
        defer { count += 1 }
        switch mode {
        case .repaint(let width, let height):
            // Home, then each line with the rest of its row cleared, then the rest of the screen.
            let lines = chart.render(width: width, height: height)
                .split(separator: "\n", omittingEmptySubsequences: false)
            return "\u{1b}[H" + lines.joined(separator: "\u{1b}[K\r\n") + "\u{1b}[K\u{1b}[J"
        case .lines(let every):
            return count % max(1, every) == 0 ? chart.summaryLine() + "\n" : ""
        }
    }
}
