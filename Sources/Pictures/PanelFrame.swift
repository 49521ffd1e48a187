/// Where a panel's plotting area lies on the page and what it shows.
struct PanelFrame {
    /// Free space above the highest and below the lowest value, so that a line on the limit is
    /// drawn whole.
    static let padding = 5.0

    let left: Double
    let top: Double
    let width: Double
    let height: Double
    let times: ValueSpan
    let values: ValueSpan

    var right: Double { left + width }
    var bottom: Double { top + height }

    /// Horizontal place of a time in seconds.
    func x(_ time: Double) -> Double {
        left + times.fraction(time) * width
    }

    /// Vertical place of a value.
    func y(_ value: Double) -> Double {
        bottom - PanelFrame.padding - values.fraction(value) * (height - 2 * PanelFrame.padding)
    }
}
