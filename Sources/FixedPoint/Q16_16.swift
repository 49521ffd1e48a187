/// A signed fixed-point number with 16 fraction bits: engineering units outside the law.
///
/// Range -32768 ..< 32768, resolution 1/65536. Choose the unit of a sensor so that its values
/// fit (kPa instead of Pa).
@frozen
public struct Q16_16: BitwiseCopyable, Equatable, Comparable, Sendable {
    /// The value times 65536.
    public var bits: Int32

    @inlinable
    public init(bits: Int32) {
        self.bits = bits
    }

    @inlinable
    public static func < (left: Q16_16, right: Q16_16) -> Bool {
        left.bits < right.bits
    }
}
