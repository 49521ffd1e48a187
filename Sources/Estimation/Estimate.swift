public import FixedPoint

/// The best knowledge of the measured quantity, and how old it is.
@frozen
public struct Estimate: BitwiseCopyable, Equatable, Sendable {
    /// As a fraction of the measurement span.
    public let value: Q3_28
    /// Ticks since the last good measurement: 0 in the tick that brought one.
    public let ageTicks: UInt32
    /// False until the first good measurement.
    public let isKnown: Bool

    @inlinable
    public init(value: Q3_28, ageTicks: UInt32, isKnown: Bool) {
        self.value = value
        self.ageTicks = ageTicks
        self.isKnown = isKnown
    }
}
