public import FixedPoint

/// What a feed-forward is told once, at set-up: fractions of the spans, times in ticks.
@frozen
public struct FeedForwardParameters: BitwiseCopyable, Equatable, Sendable {
    /// Plausible readings of the disturbance, and the span that the gain is of.
    public var range: EngineeringRange
    public var maxRatePerSecond: Q16_16
    public var maxAgeNanoseconds: UInt64
    /// The disturbance at which nothing is added, in its sensor's unit.
    public var zero: Q16_16
    /// Output range per span of the disturbance.
    public var gain: Gain
    /// Share of a change that the lag lets in within a tick: Ts / (Tlag + Ts); 1 is no lag.
    public var lag: Gain
    /// Tlead / Tlag: share of a change that passes beside the lag; 0 is none.
    public var lead: Gain
    /// What may be added, as fractions of the output range; 0 lies between.
    public var low: Q3_28
    public var high: Q3_28
    /// Largest change in a tick while it fades, or comes back, as bits of a fraction. At least 1.
    public var stepPerTick: Int32
    /// Without its sensor it holds what it added last; if not, it fades.
    public var holds: Bool

    public init(
        range: EngineeringRange, maxRatePerSecond: Q16_16, maxAgeNanoseconds: UInt64,
        zero: Q16_16, gain: Gain, lag: Gain, lead: Gain, low: Q3_28, high: Q3_28,
        stepPerTick: Int32, holds: Bool
    ) {
        self.range = range
        self.maxRatePerSecond = maxRatePerSecond
        self.maxAgeNanoseconds = maxAgeNanoseconds
        self.zero = zero
        self.gain = gain
        self.lag = lag
        self.lead = lead
        self.low = low
        self.high = high
        self.stepPerTick = stepPerTick
        self.holds = holds
    }
}
