import Histogram

/// The distribution of a time in nanoseconds.
///
/// Least and greatest are exact. 270 KB, or 40 KB for two digits, all allocated by `init`.
package struct TimeDistribution: Sendable {
    /// Significant digits of its percentiles.
    package enum Digits: Sendable {
        case two, three
    }

    /// One hour: anything longer is counted as this in the percentiles.
    package static let longestNanoseconds: UInt64 = 3_600_000_000_000

    private var histogram: Histogram<UInt64>
    package private(set) var count: UInt64 = 0
    private var least = UInt64.max
    private var greatest: UInt64 = 0
    /// Element n counts the times that need n binary digits.
    private var counts = [UInt64](repeating: 0, count: 65)

    package init(_ digits: Digits = .three) {
        histogram = Histogram(
            highestTrackableValue: Self.longestNanoseconds,
            numberOfSignificantValueDigits: digits == .two ? .two : .three)
    }

    package mutating func record(_ nanoseconds: UInt64) {
        histogram.record(min(nanoseconds, Self.longestNanoseconds))
        count += 1
        counts[64 - nanoseconds.leadingZeroBitCount] += 1
        least = min(least, nanoseconds)
        greatest = max(greatest, nanoseconds)
    }

    /// The distribution by powers of two, from the first bucket that is not empty to the last.
    package var buckets: [TimeBucket] {
        guard let first = counts.firstIndex(where: { $0 > 0 }),
            let last = counts.lastIndex(where: { $0 > 0 })
        else { return [] }
        return (first...last).map { digits in
            TimeBucket(
                belowNanoseconds: digits == 64 ? .max : 1 << UInt64(digits), count: counts[digits])
        }
    }

    /// The figures to show; nothing before the first value.
    package var summary: TimeSummary? {
        guard count > 0 else { return nil }
        // The histogram answers with the upper end of a bucket, which can lie above the greatest.
        func percentile(_ percent: Double) -> UInt64 {
            min(max(histogram.valueAtPercentile(percent), least), greatest)
        }
        return TimeSummary(
            leastNanoseconds: least, medianNanoseconds: percentile(50),
            p99Nanoseconds: percentile(99), p999Nanoseconds: percentile(99.9),
            greatestNanoseconds: greatest)
    }
}
