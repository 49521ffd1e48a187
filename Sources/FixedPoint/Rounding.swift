/// The one rounding of the product, and the clips that keep the most negative integer out.
public enum Rounding {
    /// `value / 2^shift`, rounded half up.
    ///
    /// The bit that decides is added after the whole shift, so that `Int64.max` cannot wrap.
    /// - Precondition: `0 <= shift <= 62`; the callers' shifts are proved at set-up.
    @inlinable @inline(__always)
    public static func halfUp(_ value: Int64, _ shift: Int64) -> Int64 {
        if shift == 0 { return value }
        // Cannot wrap: after a shift by at least one, the value is at most Int64.max / 2.
        return (value &>> shift) &+ ((value &>> (shift &- 1)) & 1)
    }

    /// Clips to -(2^31-1) ... 2^31-1.
    @inlinable @inline(__always)
    public static func saturated32(_ value: Int64) -> Int32 {
        if value > 2_147_483_647 { return 2_147_483_647 }
        if value < -2_147_483_647 { return -2_147_483_647 }
        return Int32(truncatingIfNeeded: value)
    }

    /// Clips to -32767 ... 32767: -32768 is the one value on which vector units multiply
    /// differently.
    @inlinable @inline(__always)
    public static func saturated16(_ value: Int64) -> Int16 {
        if value > 32_767 { return 32_767 }
        if value < -32_767 { return -32_767 }
        return Int16(truncatingIfNeeded: value)
    }
}
