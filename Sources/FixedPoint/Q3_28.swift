/// A signed fixed-point number with 28 fraction bits: normalised values inside the control laws.
///
/// Range -8 ..< 8, resolution 3.7e-9. A measurement or setpoint is a fraction of the loop's
/// measurement span, a command a fraction of the output range.
@frozen
public struct Q3_28: BitwiseCopyable, Equatable, Comparable, Sendable {
    /// The value times 2^28.
    public var bits: Int32

    /// 1.0: the full span.
    @inlinable
    public static var one: Q3_28 { Q3_28(bits: 1 << 28) }

    @inlinable
    public static var zero: Q3_28 { Q3_28(bits: 0) }

    @inlinable
    public init(bits: Int32) {
        self.bits = bits
    }

    @inlinable
    public static func < (left: Q3_28, right: Q3_28) -> Bool {
        left.bits < right.bits
    }
}
