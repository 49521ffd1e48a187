/// Round numbers along an axis and their labels.
struct Ticks: Equatable {
    let values: [Double]
    let labels: [String]
    /// Distance between two ticks, in the unit of the values.
    let step: Double

    /// Multiples of 1, 2, 2.5 or 5 times a power of ten inside `span`, at most `limit` intervals.
    init(span: ValueSpan, limit: Int) {
        let step = Ticks.niceStep(atLeast: (span.high - span.low) / Double(max(1, limit)))
        self.init(span: span, step: step, scale: 1)
    }

    /// Multiples of `step` inside `span`; labels are the values divided by `scale`.
    init(span: ValueSpan, step: Double, scale: Double) {
        // The tolerance keeps an end that is a multiple but for its last bit.
        let first = Int((span.low / step - 1e-6).rounded(.up))
        let last = Int((span.high / step + 1e-6).rounded(.down))
        let values = first <= last ? (first...last).map { Double($0) * step } : []
        let decimals = Ticks.decimals(of: step / scale)
        let largest = max(span.low.magnitude, span.high.magnitude) / scale
        self.step = step
        self.values = values
        labels = values.map { value in
            let shown = value / scale
            return decimals > 6 || largest >= 1e7
                ? NumberText.significant(shown, digits: 4)
                : NumberText.fixed(shown, decimals: decimals)
        }
    }

    /// `span` grown to whole steps of its own ticks, so that data never touches the frame and the
    /// frame's edges carry labels.
    static func roundedOut(_ span: ValueSpan, limit: Int) -> ValueSpan {
        var rounded = span
        // Growing may need the next larger step, and that one the next: three are always enough.
        for _ in 0..<3 {
            let step = niceStep(atLeast: (rounded.high - rounded.low) / Double(max(1, limit)))
            rounded = ValueSpan(
                low: (span.low / step + 1e-6).rounded(.down) * step,
                high: (span.high / step - 1e-6).rounded(.up) * step)
        }
        return rounded
    }

    /// The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `length`.
    static func niceStep(atLeast length: Double) -> Double {
        var power = 1.0
        // Division by whole powers keeps 0.1, 0.01 and so on the nearest doubles.
        var divisor = 1.0
        while length > power * 10, power < 1e18 { power *= 10 }
        while length <= 1 / (divisor * 10), divisor < 1e18 { divisor *= 10 }
        if length <= 1 { divisor *= 10 }
        for mantissa in [1.0, 2, 2.5, 5, 10] where mantissa * power / divisor >= length {
            return mantissa * power / divisor
        }
        return 10 * power / divisor
    }

    /// Digits after the point that a multiple of `step` needs.
    private static func decimals(of step: Double) -> Int {
        var decimal = Decimal(step)
        decimal.round(significant: 6)
        return max(0, decimal.digits.count - decimal.exponent)
    }
}
