/// The golden-section search.
enum GoldenSection {
    /// Where `function`, which has one maximum between `low` and `high`, is largest.
    static func maximum(
        _ low: Double, _ high: Double, relative: Double = 1e-9, _ function: (Double) -> Double
    ) -> Double {
        let ratio = 0.618_033_988_749_894_9
        var (low, high) = (low, high)
        var left = high - ratio * (high - low)
        var right = low + ratio * (high - low)
        var (atLeft, atRight) = (function(left), function(right))
        for _ in 0..<100 where high - low > relative * max(abs(low), abs(high)) {
            if atLeft >= atRight {
                (high, right, atRight) = (right, left, atLeft)
                left = high - ratio * (high - low)
                atLeft = function(left)
            } else {
                (low, left, atLeft) = (left, right, atRight)
                right = low + ratio * (high - low)
                atRight = function(right)
            }
        }
        return low + (high - low) / 2
    }
}
