/// Halves an interval until nothing is left of it.
enum Bisection {
    /// Where `function` changes its sign between `low` and `high`.
    static func root(_ low: Double, _ high: Double, _ function: (Double) -> Double) -> Double {
        let isPositive = function(low) > 0
        return edge(low, high) { (function($0) > 0) == isPositive }
    }

    /// The last point from `low` on where `holds` is true, given that it is at `low` and not at
    /// `high`.
    static func edge(
        _ low: Double, _ high: Double, relative: Double = 1e-15, _ holds: (Double) -> Bool
    ) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<200 where abs(high - low) > relative * max(abs(low), abs(high)) {
            let middle = low + (high - low) / 2
            if holds(middle) { low = middle } else { high = middle }
        }
        return low
    }
}
