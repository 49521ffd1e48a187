/// One chart of a figure: curves that share a quantity, or a heat map.
package struct Panel: Equatable, Sendable {
    /// The quantity, shown above the chart.
    package var label: String
    /// Its unit, shown in brackets; empty for a pure number.
    package var unit: String
    package var series: [Series]
    /// Drawn instead of curves, where there is one.
    package var heatMap: HeatMap?
    /// The range shown; nil fits it to the values. Values outside are cut off.
    package var range: ClosedRange<Double>?
    /// Height of the plotting area in pixels.
    package var height: Int

    /// - Parameter height: pixels, held to 40...2000.
    package init(
        _ label: String, unit: String, series: [Series], range: ClosedRange<Double>? = nil,
        height: Int = 150
    ) {
        self.label = label
        self.unit = unit
        self.series = series
        self.range = range
        self.height = min(max(height, 40), 2_000)
    }

    /// A heat map: the height is that of its rows.
    package init(_ label: String, unit: String, _ map: HeatMap) {
        self.init(label, unit: unit, series: [], height: max(60, 11 * map.rows.count))
        heatMap = map
    }

    /// What the legend says.
    var legendLabels: [String] { heatMap?.scale ?? series.map(\.label) }

    /// Label and unit as they are printed.
    var heading: String {
        unit.isEmpty ? label : "\(label) (\(unit))"
    }

    /// What the vertical axis shows.
    var valueSpan: ValueSpan {
        if let range, ValueSpan.canShow(range.lowerBound), ValueSpan.canShow(range.upperBound) {
            return ValueSpan(low: range.lowerBound, high: range.upperBound)
        }
        let values = series.flatMap { series in
            if case .band(let lower) = series.stroke {
                [series.values, lower]
            } else {
                [series.values]
            }
        }
        let found = ValueSpan(of: values) ?? ValueSpan(low: 0, high: 1)
        return Ticks.roundedOut(found, limit: tickLimit)
    }

    /// Most intervals between ticks that have room for their labels.
    var tickLimit: Int {
        max(2, height / 26)
    }
}
