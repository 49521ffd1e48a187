/// The pulses of a PWM output; the shortest at the low end of the range, the longest at the high.
package struct PulseOutputSettings: Equatable, Sendable {
    package var periodMicroseconds: Double
    package var shortestMicroseconds: Double
    package var longestMicroseconds: Double
    package var isInversed: Bool
}
