/// The part of an axis that is shown: a non-empty interval of finite numbers.
struct ValueSpan: Equatable {
    /// Values beyond this magnitude are treated as missing, so that no axis overflows.
    static let magnitudeLimit = 1e15

    let low: Double
    let high: Double

    /// The span between two values; values too near to each other are moved apart, so that there
    /// is always something to divide by.
    init(low: Double, high: Double) {
        let ordered = low <= high ? (low, high) : (high, low)
        let magnitude = max(ordered.0.magnitude, ordered.1.magnitude)
        if ordered.1 - ordered.0 > magnitude * 1e-9 {
            self.low = ordered.0
            self.high = ordered.1
        } else {
            let margin = magnitude == 0 ? 1 : magnitude * 0.05
            self.low = ordered.0 - margin
            self.high = ordered.1 + margin
        }
    }

    /// The span of all values that can be drawn; nil when there is none.
    init?(of values: [[Double]]) {
        var low = Double.infinity
        var high = -Double.infinity
        for list in values {
            for value in list where ValueSpan.canShow(value) {
                low = min(low, value)
                high = max(high, value)
            }
        }
        guard low <= high else { return nil }
        self.init(low: low, high: high)
    }

    /// Whether a value has a place on an axis: finite and not absurdly large.
    static func canShow(_ value: Double) -> Bool {
        value.magnitude <= magnitudeLimit
    }

    /// At least `length` long, grown evenly on both sides.
    func widened(to length: Double) -> ValueSpan {
        let missing = length - (high - low)
        guard missing > 0, ValueSpan.canShow(length) else { return self }
        return ValueSpan(low: low - missing / 2, high: high + missing / 2)
    }

    /// 0 at `low`, 1 at `high`.
    func fraction(_ value: Double) -> Double {
        (value - low) / (high - low)
    }
}
