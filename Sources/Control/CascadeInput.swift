public import FixedPoint

/// What the loops of a cascade tell a loop before its tick: the one outside, and the one inside.
@frozen
public struct CascadeInput: BitwiseCopyable, Equatable, Sendable {
    /// Of the loop whose output is this loop's target.
    public var outer = OuterState.none
    /// What the output follows while the loop inside does not follow it, in the output's unit: where
    /// that loop is. Both laws follow too, so that nothing moves when the cascade closes.
    public var tracking: Q16_16?
    /// The loop inside is at its end: more setpoint brings no more measurement.
    public var isLimitedHigh = false
    /// The same at the lower end.
    public var isLimitedLow = false

    public init() {}

    /// Bit 0: limited above; bit 1: limited below.
    var limits: UInt8 { (isLimitedHigh ? 1 : 0) | (isLimitedLow ? 2 : 0) }

    /// `nil` when a raw value in the record is none of ours.
    init?(replaying record: TickRecord) {
        guard let outer = OuterState(rawValue: record.outer), record.isTracking <= 1,
            record.limited <= 3
        else { return nil }
        self.outer = outer
        tracking = record.isTracking != 0 ? record.tracking : nil
        isLimitedHigh = record.limited & 1 != 0
        isLimitedLow = record.limited & 2 != 0
    }
}

extension Q3_28 {
    /// The sum, clipped to the format.
    func plus(_ other: Q3_28) -> Q3_28 {
        Q3_28(bits: Rounding.saturated32(Int64(bits) &+ Int64(other.bits)))
    }

    /// The difference, clipped to the format.
    func less(_ other: Q3_28) -> Q3_28 {
        Q3_28(bits: Rounding.saturated32(Int64(bits) &- Int64(other.bits)))
    }
}
