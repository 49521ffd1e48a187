public import FixedPoint

/// One cell: `c <- c + i*g - c*(1-f)`, with the rounding residue fed back.
///
/// Every memory of the product is this update with other gates: the LSTM, the integrator and the
/// leak of a controller, the average and the delay line (`docs/arithmetic.md`). Feeding the residue
/// back leaves slow cells without a dead band and without bias.
@frozen
public struct MemoryCell: BitwiseCopyable, Equatable, Sendable {
    /// The accumulator, with as many fraction bits as the `CellFormat` says.
    public var value: Int32
    /// What rounding left over, in units of 2^-(fraction bits + 31).
    public var residue: Int32

    @inlinable
    public init(value: Int32 = 0, residue: Int32 = 0) {
        self.value = value
        self.residue = residue
    }

    /// One step. Returns false when the value had to be clipped to its range.
    ///
    /// - Parameters:
    ///   - candidate: `g`, Q31, not the most negative integer.
    ///   - input: `i`.
    ///   - leak: `1 - f`; shut is an exact hold, the cell is then bit-identical for ever.
    @inlinable @inline(__always)
    public mutating func update(
        candidate: Int32, input: Gate, leak: Gate, format: CellFormat
    ) -> Bool {
        // |i g| < 2^62 and at most 2^61 after its shift, |c n| <= 2^62, |r| <= 2^30: the sum
        // cannot wrap.
        let written = Rounding.halfUp(
            Int64(input.bits) &* Int64(candidate), Int64(format.candidateShift))
        let sum = written &- Int64(value) &* Int64(leak.bits) &+ Int64(residue)
        let change = Rounding.halfUp(sum, 31)
        let next = Int64(value) &+ change
        value = Rounding.saturated32(next)
        if Int64(value) != next {
            residue = 0
            return false
        }
        residue = Int32(truncatingIfNeeded: sum &- (change &<< 31))
        return true
    }
}

/// How many of a cell's 32 bits are fraction bits.
@frozen
public struct CellFormat: BitwiseCopyable, Equatable, Sendable {
    /// 15 ... 30; 27 gives a range of 16.
    public let fractionBits: Int

    /// Q4.27: range 16, resolution 7.5e-9.
    @inlinable
    public static var q4_27: CellFormat { CellFormat(unchecked: 27) }

    /// Q3.28: the format of commands, for an integrator that is one.
    @inlinable
    public static var q3_28: CellFormat { CellFormat(unchecked: 28) }

    /// Q1.30: range 2, the finest.
    @inlinable
    public static var q1_30: CellFormat { CellFormat(unchecked: 30) }

    /// `nil` outside 15 ... 30.
    @inlinable
    public init?(fractionBits: Int) {
        guard fractionBits >= 15, fractionBits <= 30 else { return nil }
        self.init(unchecked: fractionBits)
    }

    @inlinable
    init(unchecked fractionBits: Int) {
        self.fractionBits = fractionBits
    }

    /// From the product of a Q31 gate and a Q31 candidate to `fractionBits + 31`.
    @inlinable
    var candidateShift: Int { 31 &- fractionBits }
}
