/// How a level becomes the pulses of a PWM output.
///
/// The low end of the range gives the shortest pulse, the high end the longest: a servo has 1000 ...
/// 2000 us in 20000 us, a fan that must not be slower than a fifth 8 ... 40 us in 40 us.
package struct PWMPulse: Equatable, Sendable {
    package let periodNanoseconds: UInt64
    package let shortestNanoseconds: UInt64
    package let longestNanoseconds: UInt64
    package let isInversed: Bool

    /// `nil` when the pulses are not in order or longer than the period.
    package init?(
        periodNanoseconds: UInt64, shortestNanoseconds: UInt64, longestNanoseconds: UInt64,
        isInversed: Bool
    ) {
        guard periodNanoseconds > 0, shortestNanoseconds < longestNanoseconds,
            longestNanoseconds <= periodNanoseconds
        else { return nil }
        self.periodNanoseconds = periodNanoseconds
        self.shortestNanoseconds = shortestNanoseconds
        self.longestNanoseconds = longestNanoseconds
        self.isInversed = isInversed
    }

    /// The pulse for a part of the range, 0 ... 1; rounded to the nearest nanosecond.
    package func nanoseconds(fraction: Double) -> UInt64 {
        let span = Double(longestNanoseconds - shortestNanoseconds)
        return shortestNanoseconds + UInt64((min(max(fraction, 0), 1) * span).rounded())
    }
}
