/// How much gain and delay a loop of any kind bears at the input of its plant, found by trying.
///
/// For a law that has no transfer function: the caller runs the closed loop with a factor and a
/// delay inserted and says whether it still holds. Found is the first loss when the insertion grows
/// in steps; a loop that holds again beyond it is not looked for.
package struct InsertionMargins: Equatable, Sendable {
    /// The largest factor that held; the limit when none failed.
    package let gainUp: Double
    /// The smallest factor that held; the limit when none failed.
    package let gainDown: Double
    /// The longest delay that held, in seconds; the limit when none failed.
    package let delaySeconds: Double

    /// - Parameters:
    ///   - gains: smallest and largest factor to try, below and above 1.
    ///   - delayLimitSeconds: longest delay to try.
    ///   - resolution: relative width to which the edge is found.
    ///   - holds: whether the loop is stable with this factor and this delay in seconds.
    /// - Returns: nil when it does not hold with nothing inserted.
    package init?(
        gains: ClosedRange<Double> = 0.1...10, delayLimitSeconds: Double, resolution: Double = 0.01,
        holds: (_ gain: Double, _ delaySeconds: Double) -> Bool
    ) {
        precondition(gains.lowerBound > 0 && gains.contains(1) && delayLimitSeconds > 0)
        guard holds(1, 0) else { return nil }
        gainUp = Self.edge(1, gains.upperBound, ratio: 1.25, resolution) { holds($0, 0) }
        gainDown =
            1
            / Self.edge(1, 1 / gains.lowerBound, ratio: 1.25, resolution) {
                holds(1 / $0, 0)
            }
        // From a 64th of the limit on, so that short delays are seen.
        let first = delayLimitSeconds / 64
        delaySeconds =
            holds(1, first)
            ? Self.edge(first, delayLimitSeconds, ratio: 1.5, resolution) { holds(1, $0) }
            : Bisection.edge(0, first, relative: resolution) { holds(1, $0) }
    }

    private static func edge(
        _ start: Double, _ limit: Double, ratio: Double, _ resolution: Double,
        _ holds: (Double) -> Bool
    ) -> Double {
        var low = start
        while low < limit {
            let high = min(low * ratio, limit)
            if !holds(high) { return Bisection.edge(low, high, relative: resolution, holds) }
            low = high
        }
        return limit
    }
}
