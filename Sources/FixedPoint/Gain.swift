/// A constant factor with 31 significant bits and a binary exponent: `mantissa / 2^shift`.
///
/// A fixed format would leave a small integral gain with a handful of bits; a mantissa keeps the
/// relative precision at 2^-31 whatever the size.
@frozen
public struct Gain: BitwiseCopyable, Equatable, Sendable {
    public let mantissa: Int32
    /// 17 ... 62: gains lie below 2^14 in size, so that every product can be shifted right.
    public let shift: UInt8

    @inlinable
    public static var zero: Gain { Gain(unchecked: 0, shift: 62) }

    /// `nil` when the shift is outside 17 ... 62 or the mantissa is the most negative integer.
    @inlinable
    public init?(mantissa: Int32, shift: Int) {
        guard shift >= 17, shift <= 62, mantissa != Int32.min else { return nil }
        self.init(unchecked: mantissa, shift: UInt8(truncatingIfNeeded: shift))
    }

    @inlinable
    init(unchecked mantissa: Int32, shift: UInt8) {
        self.mantissa = mantissa
        self.shift = shift
    }

    /// `gain * value` in the value's own format, rounded half up; the caller clips.
    ///
    /// - Precondition: `|value| < 2^32`, so that the product stays below 2^63.
    @inlinable @inline(__always)
    public func times(_ value: Int64) -> Int64 {
        Rounding.halfUp(Int64(mantissa) &* value, Int64(shift))
    }

    /// `gain * value` with 16 more fraction bits than the value has.
    ///
    /// - Precondition: `|value| < 2^32`.
    @inlinable @inline(__always)
    public func timesWidened(_ value: Int64) -> Int64 {
        Rounding.halfUp(Int64(mantissa) &* value, Int64(shift) &- 16)
    }

    /// `timesWidened` for a value of any size, by a product of 128 bits.
    ///
    /// - Precondition: `|gain * value| < 2^46`; beyond, the result is some integer.
    @inlinable
    public func timesWidened(large value: Int64) -> Int64 {
        let product = Int64(mantissa).multipliedFullWidth(by: value)
        // One bit less than the whole shift, 0 ... 45: the last one rounds.
        let bits = Int64(shift) &- 17
        let low = Int64(bitPattern: product.low &>> UInt64(truncatingIfNeeded: bits))
        let high = bits == 0 ? 0 : product.high &<< (64 &- bits)
        return ((low | high) &+ 1) &>> 1
    }

    /// `gain * value` with 13 fraction bits fewer: from Q28 to Q15.
    ///
    /// - Precondition: `|value| < 2^31`, so that a shift beyond 62 leaves nothing.
    @inlinable @inline(__always)
    public func timesNarrowed(_ value: Int64) -> Int64 {
        let shift = Int64(shift) &+ 13
        return shift > 62 ? 0 : Rounding.halfUp(Int64(mantissa) &* value, shift)
    }
}
