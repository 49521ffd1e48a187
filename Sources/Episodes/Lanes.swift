public import Plants

/// Sixteen episodes side by side: one number of each, in single precision.
///
/// Sixteen, not the width of one machine's registers, so that results do not depend on the
/// machine: every operation is an IEEE addition, multiplication, division or square root, in a
/// stated order, and no library function is called.
public typealias Lanes = SIMD16<Float>

extension SIMD16: PlantScalar where Scalar == Float {
    @inlinable
    public init(_ value: Double) { self.init(repeating: Float(value)) }

    /// e^x, to 2e-7 relative; arguments are clipped to -87 ... 87.
    ///
    /// The range is reduced to |r| <= ln 2 / 2 and a polynomial of degree 6 evaluated there
    /// (Cephes, `expf`, S. Moshier, 1989: coefficients).
    @inlinable @inline(__always)
    public static func exp(_ value: Lanes) -> Lanes {
        let x = minimum(maximum(value, Lanes(repeating: -87)), Lanes(repeating: 87))
        // Adding 1.5 * 2^23 leaves the nearest integer in the low bits.
        let shifter = Lanes(repeating: 12_582_912)
        let shifted = x * Float(1.442_695_04) + shifter
        let n = shifted - shifter
        let r = (x - n * Float(0.693_359_375)) - n * Float(-2.121_944_4e-4)
        var p = r * Float(1.987_569_15e-4) + Float(1.398_199_95e-3)
        p = p * r + Float(8.333_451_9e-3)
        p = p * r + Float(4.166_579_6e-2)
        p = p * r + Float(1.666_666_55e-1)
        p = p * r + Float(5.000_000_1e-1)
        let mantissa = p * (r * r) + r + Float(1)
        // Both types are sixteen times 32 bits. n is added to the exponent's bits.
        let bits = unsafe unsafeBitCast(mantissa, to: SIMD16<Int32>.self)
        let exponent = unsafe unsafeBitCast(shifted, to: SIMD16<Int32>.self)
        return unsafe unsafeBitCast(bits &+ (exponent &<< 23), to: Lanes.self)
    }

    /// 1 / (1 + e^-x)
    @inlinable @inline(__always)
    public static func sigmoid(_ value: Lanes) -> Lanes { 1 / (1 + exp(-value)) }

    /// 2 sigmoid(2x) - 1: absolute error 2e-7.
    @inlinable @inline(__always)
    public static func tanh(_ value: Lanes) -> Lanes { 2 / (1 + exp(-2 * value)) - 1 }

    @inlinable @inline(__always)
    public static func sqrt(_ value: Lanes) -> Lanes { value.squareRoot() }

    @inlinable @inline(__always)
    public static func minimum(_ left: Lanes, _ right: Lanes) -> Lanes {
        left.replacing(with: right, where: left .> right)
    }

    @inlinable @inline(__always)
    public static func maximum(_ left: Lanes, _ right: Lanes) -> Lanes {
        left.replacing(with: right, where: left .< right)
    }

    /// Clipped to `-limit ... limit`.
    @inlinable @inline(__always)
    public static func bounded(_ value: Lanes, within limit: Lanes) -> Lanes {
        minimum(maximum(value, -limit), limit)
    }

    public var leastValue: Double { Double(self.min()) }

    /// The sum over the episodes, by halves, in double precision from four on.
    @inlinable
    public var total: Double {
        let eight = lowHalf + highHalf
        let four = eight.lowHalf + eight.highHalf
        return (Double(four[0]) + Double(four[1])) + (Double(four[2]) + Double(four[3]))
    }
}
