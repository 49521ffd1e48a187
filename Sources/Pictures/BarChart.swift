/// Groups of upright bars with a line at one: ratios of several things in several classes.
///
/// The text depends on nothing but the values, brings its own ground, and needs no style sheet,
/// script or font. A value that is missing, or no number, leaves its place empty; one above the top
/// ends there, and says its value.
package struct BarChart: Equatable, Sendable {
    /// Bars of one colour: one value for each group.
    package struct Bars: Equatable, Sendable {
        package var label: String
        package var values: [Double?]
        package var ink: Ink

        package init(_ label: String, _ values: [Double?], ink: Ink) {
            self.label = label
            self.values = values
            self.ink = ink
        }
    }

    package var title: String
    package var groups: [String]
    package var bars: [Bars]
    /// Upper end of the axis; values above are cut off.
    package var top: Double

    package init(title: String, groups: [String], bars: [Bars], top: Double) {
        self.title = title
        self.groups = groups
        self.bars = bars
        self.top = max(top, 1e-9)
    }

    private static let width = 900
    private static let left = 58.0
    private static let right = 18.0
    private static let plotTop = 64.0
    private static let plotHeight = 220.0
    private static let text = "#222222"
    private static let muted = "#5f6368"

    private var plotWidth: Double { Double(Self.width) - Self.left - Self.right }
    private var bottom: Double { Self.plotTop + Self.plotHeight }

    private func y(_ value: Double) -> Double {
        bottom - Self.plotHeight * min(max(value, 0), top) / top
    }

    package func svg() -> String {
        var document = SVGDocument(width: Self.width, height: Int(bottom) + 34)
        document.element("title", [:], content: title)
        document.element("rect", ["width": "100%", "height": "100%", "fill": "#ffffff"])
        document.element(
            "text",
            [
                "x": Pixels.text(Self.left), "y": "27", "font-size": "16", "font-weight": "bold",
                "fill": Self.text,
            ], content: title)
        drawLegend(&document)
        drawAxis(&document)
        drawBars(&document)
        document.close()
        return document.text
    }

    private func drawLegend(_ document: inout SVGDocument) {
        let legend = Legend(
            labels: bars.map(\.label), left: Self.left, width: plotWidth, indent: 0)
        for entry in legend.entries {
            let y = 48 + Double(entry.row) * 14
            document.element(
                "rect",
                [
                    "x": Pixels.text(entry.x), "y": Pixels.text(y - 9), "width": "22",
                    "height": "10", "fill": bars[entry.index].ink.rawValue,
                ])
            document.element(
                "text",
                [
                    "x": Pixels.text(Legend.textX(entry)), "y": Pixels.text(y),
                    "font-size": "11", "fill": Self.text,
                ], content: bars[entry.index].label)
        }
    }

    private func drawAxis(_ document: inout SVGDocument) {
        let ticks = Ticks(span: ValueSpan(low: 0, high: top), limit: 8)
        var grid = ""
        for value in ticks.values {
            grid += "M\(Pixels.text(Self.left)) \(Pixels.text(y(value)))h\(Pixels.text(plotWidth))"
        }
        document.element(
            "path", ["d": grid, "fill": "none", "stroke": "#000000", "stroke-opacity": "0.1"])
        for (value, label) in zip(ticks.values, ticks.labels) {
            document.element(
                "text",
                [
                    "x": Pixels.text(Self.left - 7), "y": Pixels.text(y(value) + 4),
                    "text-anchor": "end", "fill": Self.muted,
                ], content: label)
        }
        guard top >= 1 else { return }
        document.element(
            "path",
            [
                "d": "M\(Pixels.text(Self.left)) \(Pixels.text(y(1)))h\(Pixels.text(plotWidth))",
                "stroke": Self.text, "stroke-dasharray": "6 4",
            ])
    }

    private func drawBars(_ document: inout SVGDocument) {
        let step = plotWidth / Double(max(1, groups.count))
        let bar = 0.8 * step / Double(max(1, bars.count))
        for (group, name) in groups.enumerated() {
            let start = Self.left + (Double(group) + 0.1) * step
            for (index, series) in bars.enumerated() where series.values.indices.contains(group) {
                guard let value = series.values[group], !value.isNaN else { continue }
                let x = start + Double(index) * bar
                document.open(
                    "rect",
                    [
                        "x": Pixels.text(x), "y": Pixels.text(y(value)),
                        "width": Pixels.text(0.9 * bar),
                        "height": Pixels.text(bottom - y(value)), "fill": series.ink.rawValue,
                    ])
                document.element(
                    "title", [:],
                    content: "\(name), \(series.label): \(NumberText.significant(value))")
                document.close()
                guard value > top else { continue }
                document.element(
                    "text",
                    [
                        "x": Pixels.text(x), "y": Pixels.text(Self.plotTop - 3),
                        "font-size": "10", "fill": Self.text,
                    ], content: NumberText.significant(value, digits: 3))
            }
            document.element(
                "text",
                [
                    "x": Pixels.text(start + 0.4 * step), "y": Pixels.text(bottom + 16),
                    "text-anchor": "middle", "fill": Self.text,
                ], content: name)
        }
    }
}
