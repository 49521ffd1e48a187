/// Sigmoid and tanh from one table of quadratic segments; `docs/arithmetic.md` defines each bit.
///
/// The functions take the table as a span: it lies in the arena of the network that uses it, in the
/// same locked block as weights and state.
public enum ActivationTable {
    /// 512 segments of (K, C): 4 KB.
    public static let count = 1_024

    /// Where the sigmoid becomes exactly 0 or 1: 16 in Q26.
    @inlinable static var limit: Int64 { 16 << 26 }

    /// Writes the coefficients and returns whether they carry their checksum.
    ///
    /// - Precondition: `table.count >= count`.
    public static func write(into table: inout MutableSpan<Int32>) -> Bool {
        SigmoidCoefficients.write(into: &table)
        var crc = CRC32()
        for index in 0..<count {
            crc.update(table[index])
        }
        return crc.value == SigmoidCoefficients.crc32
    }

    /// sigma(-a) in Q31, for `a >= 0` in Q26. Relative error below 3e-7 plus a unit of Q31.
    @inlinable @inline(__always)
    static func sigmoidOfNegative(_ a: Int64, _ table: Span<Int32>) -> Int64 {
        if a >= limit { return 0 }
        let segment = Int(truncatingIfNeeded: a &>> 21)
        let t = a & 0x1F_FFFF
        let near = segment == 0 ? 1 << 31 : Int64(table[2 &* segment &- 2])
        let far = Int64(table[2 &* segment])
        // near << 21 <= 2^52, |(far - near) t| < 2^48, |C p| < 2^52: nothing here can wrap.
        let arch = Rounding.halfUp(t &* (0x20_0000 &- t), 20)
        let bend = Rounding.halfUp(Int64(table[2 &* segment &+ 1]) &* arch, 14)
        return Rounding.halfUp((near &<< 21) &+ (far &- near) &* t &- bend, 22)
    }

    /// The sigmoid of a pre-activation in Q26, as a gate.
    @inlinable @inline(__always)
    public static func sigmoid(_ z: Int32, _ table: Span<Int32>) -> Gate {
        let wide = Int64(z)
        if wide <= 0 { return Gate(clamping: sigmoidOfNegative(-wide, table)) }
        return Gate(clamping: (1 << 31) &- sigmoidOfNegative(wide, table))
    }

    /// The sigmoid in Q15, 0 ... 32768: within 0.55 units of the exact value.
    @inlinable @inline(__always)
    public static func sigmoid15(_ z: Int32, _ table: Span<Int32>) -> Int32 {
        Int32(truncatingIfNeeded: Rounding.halfUp(Int64(sigmoid(z, table).bits), 16))
    }

    /// tanh of half of `doubled` (Q26), in Q31: tanh x = 2 sigma(2x) - 1, odd.
    @inlinable @inline(__always)
    static func tanhOfHalf(_ doubled: Int64, _ table: Span<Int32>) -> Int32 {
        let size = doubled < 0 ? -doubled : doubled
        let magnitude = (1 << 31) &- 2 &* sigmoidOfNegative(size, table)
        return Rounding.saturated32(doubled < 0 ? -magnitude : magnitude)
    }

    /// tanh of a pre-activation in Q26, in Q31.
    @inlinable @inline(__always)
    public static func tanh(_ z: Int32, _ table: Span<Int32>) -> Int32 {
        tanhOfHalf(2 &* Int64(z), table)
    }

    /// tanh of a cell with `fractionBits` (15 ... 30) fraction bits, in Q31.
    @inlinable @inline(__always)
    public static func tanh(cell: Int32, fractionBits: Int64, _ table: Span<Int32>) -> Int32 {
        let size = cell < 0 ? -Int64(cell) : Int64(cell)
        let doubled =
            fractionBits <= 27
            ? size &<< (27 &- fractionBits) : Rounding.halfUp(size, fractionBits &- 27)
        return tanhOfHalf(cell < 0 ? -doubled : doubled, table)
    }
}
