/// The opening of a gate in Q31: 0 is shut, 2^31 is exactly 1.
///
/// A Q31 in 32 signed bits could not say 1, and a forget gate of 32767/32768 loses half of what it
/// holds in 22,713 ticks.
@frozen
public struct Gate: BitwiseCopyable, Equatable, Comparable, Sendable {
    /// The opening times 2^31, 0 ... 2^31.
    public let bits: UInt32

    @inlinable
    public static var shut: Gate { Gate(clamping: 0) }

    @inlinable
    public static var open: Gate { Gate(clamping: 1 << 31) }

    /// Clips to 0 ... 1.
    @inlinable
    public init(clamping value: Int64) {
        bits = value < 0 ? 0 : (value > 1 << 31 ? 1 << 31 : UInt32(truncatingIfNeeded: value))
    }

    /// `1 - gate`, exact.
    @inlinable
    public var complement: Gate { Gate(clamping: (1 << 31) - Int64(bits)) }

    /// One gate behind another: the product, rounded half up. Behind an open one it is the gate.
    @inlinable
    public func behind(_ other: Gate) -> Gate {
        // Both are at most 2^31: the product is at most 2^62.
        Gate(clamping: Rounding.halfUp(Int64(bits) &* Int64(other.bits), 31))
    }

    @inlinable
    public static func < (left: Gate, right: Gate) -> Bool {
        left.bits < right.bits
    }
}
