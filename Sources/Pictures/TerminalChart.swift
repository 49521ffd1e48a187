/// The last samples of a running loop as text: measurement over setpoint in braille dots, the
/// command in blocks below, a time axis and a status line.
///
/// It only makes text; who writes it where is the caller's affair.
package struct TerminalChart: Sendable {
    /// Most samples kept; older ones are forgotten. More than the widest terminal shows.
    package static let capacity = 4_096

    package var title: String
    /// Unit of setpoint and measurement.
    package var unit: String
    package var commandUnit: String
    package var commandRange: ClosedRange<Double>
    /// The vertical axis never shows less than this, so that noise does not fill the screen.
    package var minimumSpan = 1.0
    /// How many of the latest samples are shown; nil is one a dot, twice as many as columns.
    package var window: Int?
    /// Free text at the end of the status line: state, cause, faults.
    package var status = ""
    /// Whether curves are coloured by terminal sequences.
    package var usesColour = false

    private(set) var samples: [TerminalSample] = []

    package init(
        title: String, unit: String, commandUnit: String, commandRange: ClosedRange<Double>
    ) {
        self.title = title
        self.unit = unit
        self.commandUnit = commandUnit
        self.commandRange = commandRange
    }

    package mutating func append(_ sample: TerminalSample) {
        // Forgetting half at once keeps this cheap at every tick.
        if samples.count >= TerminalChart.capacity {
            samples.removeFirst(TerminalChart.capacity / 2)
        }
        samples.append(sample)
    }

    /// The latest sample in one line: for logs and pipes, and below the chart. From 1000 s on
    /// without tenths, which push the state over the edge of 80 columns.
    package func summaryLine() -> String {
        guard let last = samples.last else { return "no sample yet" }
        var parts = [
            "t \(NumberText.fixed(last.time, decimals: last.time < 1_000 ? 1 : 0)) s",
            "setpoint \(NumberText.fixed(last.setpoint, decimals: 2)) \(unit)",
            "measured \(NumberText.fixed(last.measurement, decimals: 2)) \(unit)",
            "command \(NumberText.fixed(last.command, decimals: 1)) \(commandUnit)",
        ]
        if !status.isEmpty { parts.append(status) }
        return parts.joined(separator: "  ")
    }

    /// `height` lines, joined by line feeds, none wider than `width` characters. Too small a
    /// terminal, below 30 by 10, gets the summary line alone; beyond 1000 by 500 the rest stays
    /// free.
    package func render(width: Int, height: Int) -> String {
        let width = min(width, 1_000)
        let height = min(height, 500)
        guard width >= 30, height >= 10, !samples.isEmpty else {
            return String(summaryLine().prefix(max(1, width)))
        }
        let commandRows = max(2, height / 8)
        let screen = TerminalScreen(
            chart: self, width: width, plotRows: height - commandRows - 4,
            commandRows: commandRows)
        return screen.lines().joined(separator: "\n")
    }
}
