/// One rendering of a terminal chart at a given size.
struct TerminalScreen {
    /// Terminal sequences (ECMA-48) for the colours of the curves.
    private enum Colour: String {
        case measurement = "\u{1b}[36m"
        case setpoint = "\u{1b}[33m"
        case command = "\u{1b}[32m"
        case faint = "\u{1b}[2m"
        case plain = "\u{1b}[0m"
    }

    /// Columns left of the plot: the axis' numbers and its line.
    private static let axisWidth = 9
    private static let blocks: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    private let chart: TerminalChart
    private let width: Int
    private let plotWidth: Int
    private let plotRows: Int
    private let commandRows: Int
    private let visible: ArraySlice<TerminalSample>
    /// Samples that fill the width.
    private let window: Int
    private let span: ValueSpan

    init(chart: TerminalChart, width: Int, plotRows: Int, commandRows: Int) {
        self.chart = chart
        self.width = width
        self.plotRows = plotRows
        self.commandRows = commandRows
        plotWidth = width - TerminalScreen.axisWidth
        window = max(2, min(chart.window ?? plotWidth * 2, TerminalChart.capacity / 2))
        visible = chart.samples.suffix(window)
        let found = ValueSpan(of: [visible.map(\.setpoint), visible.map(\.measurement)])
        let wide = (found ?? ValueSpan(low: 0, high: 1)).widened(to: chart.minimumSpan)
        span = Ticks.roundedOut(wide, limit: max(2, plotRows / 3))
    }

    func lines() -> [String] {
        var lines = [titleLine()]
        lines += plotLines()
        lines.append(separatorLine())
        lines += commandLines()
        lines.append(timeLine())
        lines.append(String(chart.summaryLine().prefix(width)))
        return lines
    }

    /// Dot column of the sample at a place among the visible ones.
    private func dotColumn(_ place: Int) -> Int {
        place * (plotWidth * 2 - 1) / (window - 1)
    }

    private func titleLine() -> String {
        let legend = "⣀⡠⠊ measured  ⠤ ⠤ setpoint"
        let heading = "\(chart.title) (\(chart.unit))"
        let room = width - legend.count - 2
        guard room >= heading.count else { return String(heading.prefix(width)) }
        let gap = String(repeating: " ", count: width - heading.count - legend.count)
        return heading + gap + legend
    }

    private func plotLines() -> [String] {
        var measured = BrailleCanvas(columns: plotWidth, rows: plotRows)
        var asked = BrailleCanvas(columns: plotWidth, rows: plotRows)
        draw(\.measurement, into: &measured, isDashed: false)
        draw(\.setpoint, into: &asked, isDashed: true)
        let ticks = Ticks(span: span, limit: max(2, plotRows / 3))
        var labels = [String?](repeating: nil, count: plotRows)
        for (value, label) in zip(ticks.values, ticks.labels) {
            labels[min(max(dotRow(value, of: measured) / 4, 0), plotRows - 1)] = label
        }
        return (0..<plotRows).map { row in
            var line = axisText(labels[row])
            for column in 0..<plotWidth {
                let curve = measured.dots(column: column, row: row)
                let level = asked.dots(column: column, row: row)
                let character = BrailleCanvas.character(curve | level)
                line += painted(character, curve == 0 ? .setpoint : .measurement)
            }
            return line
        }
    }

    private func dotRow(_ value: Double, of canvas: BrailleCanvas) -> Int {
        let fraction = min(max(span.fraction(value), -1), 2)
        return Int(((1 - fraction) * Double(canvas.dotRows - 1)).rounded())
    }

    private func draw(
        _ value: KeyPath<TerminalSample, Double>, into canvas: inout BrailleCanvas, isDashed: Bool
    ) {
        var previous: (x: Int, y: Int)?
        for (place, sample) in visible.enumerated() {
            guard ValueSpan.canShow(sample[keyPath: value]) else {
                previous = nil
                continue
            }
            let x = dotColumn(place)
            let y = dotRow(sample[keyPath: value], of: canvas)
            let start = previous ?? (x, y)
            for column in start.x...x {
                // Half of the way down is drawn in each of the two columns that a step joins.
                let from = TerminalScreen.between(start, (x, y), at: column)
                let to = TerminalScreen.between(start, (x, y), at: min(column + 1, x))
                guard !isDashed || column % 4 < 2 || from != to else { continue }
                for row in min(from, to)...max(from, to) { canvas.set(x: column, y: row) }
            }
            previous = (x, y)
        }
    }

    /// The row of a straight line between two dots at a column of it.
    private static func between(
        _ start: (x: Int, y: Int), _ end: (x: Int, y: Int), at column: Int
    ) -> Int {
        guard end.x > start.x else { return end.y }
        return start.y + (end.y - start.y) * (column - start.x) / (end.x - start.x)
    }

    private func separatorLine() -> String {
        let heading = " command (\(chart.commandUnit)) "
        let rule = String(repeating: "─", count: max(0, plotWidth - heading.count - 2))
        let line =
            String(repeating: " ", count: TerminalScreen.axisWidth - 1) + "├─" + heading + rule
        return painted(String(line.prefix(width)), .faint)
    }

    private func commandLines() -> [String] {
        let bounds = chart.commandRange
        let range =
            ValueSpan(of: [[bounds.lowerBound, bounds.upperBound]]) ?? ValueSpan(low: 0, high: 1)
        var levels = [Int?](repeating: nil, count: plotWidth)
        for (place, sample) in visible.enumerated() where ValueSpan.canShow(sample.command) {
            let fraction = min(max(range.fraction(sample.command), 0), 1)
            let level = Int((fraction * Double(commandRows * 8)).rounded())
            let begin = dotColumn(place) / 2
            let end = place + 1 < visible.count ? dotColumn(place + 1) / 2 : begin
            for column in begin...max(begin, end) { levels[column] = level }
        }
        return (0..<commandRows).map { row in
            let below = (commandRows - 1 - row) * 8
            var label: String?
            if row == 0 { label = NumberText.significant(range.high, digits: 3) }
            if row == commandRows - 1 { label = NumberText.significant(range.low, digits: 3) }
            var line = axisText(label)
            for level in levels {
                // A command of zero is a thin line, not nothing: nothing means no sample.
                let filled = level.map { max($0, row == commandRows - 1 ? 1 : 0) - below } ?? 0
                line += painted(TerminalScreen.blocks[min(max(filled, 0), 8)], .command)
            }
            return line
        }
    }

    private func timeLine() -> String {
        guard let first = visible.first, let last = visible.last else { return "" }
        let from = NumberText.fixed(first.time, decimals: 0) + " s"
        let to = NumberText.fixed(last.time, decimals: 0) + " s"
        let used = min(plotWidth, dotColumn(visible.count - 1) / 2 + 1)
        let indent = String(repeating: " ", count: TerminalScreen.axisWidth)
        let gap = used - from.count - to.count
        let line = gap > 0 ? from + String(repeating: " ", count: gap) + to : to
        return painted(String((indent + line).prefix(width)), .faint)
    }

    /// A label right-aligned before the axis line.
    private func axisText(_ label: String?) -> String {
        let text = String((label ?? "").suffix(TerminalScreen.axisWidth - 2))
        let gap = String(repeating: " ", count: TerminalScreen.axisWidth - 2 - text.count)
        return gap + text + (label == nil ? " │" : " ┤")
    }

    private func painted(_ character: Character, _ colour: Colour) -> String {
        character == " " ? " " : painted(String(character), colour)
    }

    private func painted(_ text: String, _ colour: Colour) -> String {
        chart.usesColour ? colour.rawValue + text + Colour.plain.rawValue : text
    }
}
