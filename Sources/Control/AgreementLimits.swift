public import FixedPoint

/// What a second sensor of the same quantity is compared by.
@frozen
public struct AgreementLimits: BitwiseCopyable, Equatable, Sendable {
    /// Plausible readings of the second sensor.
    public var range: EngineeringRange
    /// Its protective limits, which hold as the first one's do.
    public var limitLow: Q16_16
    public var limitHigh: Q16_16
    public var maxAgeNanoseconds: UInt64
    /// How far the two may be apart.
    public var disagreement: Q16_16
    /// For how long they may be further apart, or the second one silent, at least 1.
    public var ticks: UInt32

    public init(
        range: EngineeringRange, limitLow: Q16_16, limitHigh: Q16_16, maxAgeNanoseconds: UInt64,
        disagreement: Q16_16, ticks: UInt32
    ) {
        self.range = range
        self.limitLow = limitLow
        self.limitHigh = limitHigh
        self.maxAgeNanoseconds = maxAgeNanoseconds
        self.disagreement = disagreement
        self.ticks = ticks
    }
}
