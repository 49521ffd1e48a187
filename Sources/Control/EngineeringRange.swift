public import FixedPoint

/// A range of engineering values and the map between it and 0 ... 1.
public struct EngineeringRange: BitwiseCopyable, Equatable, Sendable {
    public let low: Q16_16
    public let high: Q16_16

    /// `nil` unless `low < high` and they are less than 32768 apart.
    public init?(low: Q16_16, high: Q16_16) {
        let span = Int64(high.bits) - Int64(low.bits)
        guard span > 0, span <= Int64(Int32.max) else { return nil }
        self.low = low
        self.high = high
    }

    var span: Int64 { Int64(high.bits) &- Int64(low.bits) }

    public func contains(_ value: Q16_16) -> Bool {
        low <= value && value <= high
    }

    /// The value as a fraction of the range, rounded half up, clipped to -8 ... 8.
    public func fraction(of value: Q16_16) -> Q3_28 {
        // |value - low| < 2^32: the product stays below 2^61.
        let scaled = (Int64(value.bits) &- Int64(low.bits)) &* (1 << 29)
        // The quotient towards minus infinity: `/` alone rounds towards zero.
        let twice = scaled / span &- (scaled % span < 0 ? 1 : 0)
        return Q3_28(bits: Rounding.saturated32(Rounding.halfUp(twice, 1)))
    }

    /// The value at a fraction of the range, rounded half up, clipped to what Q16.16 can hold.
    public func value(at fraction: Q3_28) -> Q16_16 {
        // |fraction| <= 2^31 and span < 2^31: the product stays below 2^62.
        let offset = Rounding.halfUp(Int64(fraction.bits) &* span, 28)
        return Q16_16(bits: Rounding.saturated32(Int64(low.bits) &+ offset))
    }
}
