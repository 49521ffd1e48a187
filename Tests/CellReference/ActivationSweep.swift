import FixedPoint
import Foundation

/// The activations against double precision, over the magnitudes of a range and both their signs.
public struct ActivationSweep: Sendable {
    /// Of the sigmoid rounded to Q15, in units of Q15.
    public private(set) var sigmoid15 = 0.0
    /// Of tanh rounded to Q15, in units of Q15.
    public private(set) var tanh15 = 0.0
    /// Of the sigmoid within +-16, in units of Q31. Beyond, where it is cut off, it is 242 units.
    public private(set) var sigmoid31 = 0.0
    /// Of tanh within +-8, in units of Q31.
    public private(set) var tanh31 = 0.0
    /// Of the sigmoid of negative arguments, as a fraction of the value, after one unit of Q31 for
    /// the rounding of the table and of the result: what counts for `1 - f`. Arguments within -16.
    public private(set) var sigmoidRelative = 0.0
    /// Arguments at which a function falls.
    public private(set) var falls = 0
    /// Arguments at which `sigma(-z)` is not `1 - sigma(z)` or `tanh(-z)` not `-tanh(z)`.
    public private(set) var asymmetries = 0
    /// Arguments beyond 16 (tanh: 8) whose result is not exactly 0 or 1 (the largest integer).
    public private(set) var openEnds = 0
    /// Arguments evaluated, both signs counted.
    public private(set) var arguments: UInt64 = 0

    public init() {}

    /// Both signs of every `step`-th magnitude of the range, Q26.
    ///
    /// The range must follow the one before: falls are found between neighbours.
    public mutating func sweep(
        _ magnitudes: ClosedRange<Int64>, by step: Int, table: Span<Int32>
    ) {
        var before = Values(max(0, magnitudes.lowerBound - Int64(step)), table)
        for a in stride(from: magnitudes.lowerBound, through: magnitudes.upperBound, by: step) {
            let values = Values(a, table)
            compare(values, at: a)
            if values.sigmoid < before.sigmoid
                || values.sigmoidOfNegative > before.sigmoidOfNegative
                || values.tanh < before.tanh
            {
                falls += 1
            }
            before = values
            arguments += a == 0 ? 1 : 2
        }
    }

    /// The one argument without a magnitude.
    public mutating func sweepMostNegative(table: Span<Int32>) {
        let isShut = ActivationTable.sigmoid(Int32.min, table) == .shut
        if !isShut || ActivationTable.tanh(Int32.min, table) != -Int32.max { openEnds += 1 }
        arguments += 1
    }

    private mutating func compare(_ values: Values, at a: Int64) {
        let e = exp(-Double(a) * 0x1p-26)
        let negative = e / (1 + e)
        let positive = 1 / (1 + e)
        let hyperbolic = (1 - e * e) / (1 + e * e)
        sigmoid15 = max(sigmoid15, abs(Double(values.sigmoid15) - positive * 0x1p15))
        sigmoid15 = max(sigmoid15, abs(Double(values.sigmoidOfNegative15) - negative * 0x1p15))
        let narrowed = Rounding.halfUp(Int64(values.tanh), 16)
        tanh15 = max(tanh15, abs(Double(narrowed) - hyperbolic * 0x1p15))
        if a < 8 << 26 {
            tanh31 = max(tanh31, abs(Double(values.tanh) - hyperbolic * 0x1p31))
        }
        if a < 16 << 26 {
            let error = abs(Double(values.sigmoidOfNegative) - negative * 0x1p31)
            sigmoid31 = max(sigmoid31, error)
            sigmoid31 = max(sigmoid31, abs(Double(values.sigmoid) - positive * 0x1p31))
            sigmoidRelative = max(sigmoidRelative, (error - 1) / (negative * 0x1p31))
        }
        let sum = UInt64(values.sigmoid) + UInt64(values.sigmoidOfNegative)
        if sum != 1 << 31 || values.tanh != 0 - values.tanhOfNegative { asymmetries += 1 }
        let isShut = values.sigmoid == 1 << 31 && values.sigmoidOfNegative == 0
        if a >= 16 << 26, !isShut { openEnds += 1 }
        if a >= 8 << 26, values.tanh != Int32.max { openEnds += 1 }
    }

    /// The functions at a magnitude and its negative.
    private struct Values {
        let sigmoid: UInt32
        let sigmoidOfNegative: UInt32
        let sigmoid15: Int32
        let sigmoidOfNegative15: Int32
        let tanh: Int32
        let tanhOfNegative: Int32

        @inline(__always)
        init(_ a: Int64, _ table: Span<Int32>) {
            let z = Int32(truncatingIfNeeded: a)
            sigmoid = ActivationTable.sigmoid(z, table).bits
            sigmoidOfNegative = ActivationTable.sigmoid(0 &- z, table).bits
            sigmoid15 = ActivationTable.sigmoid15(z, table)
            sigmoidOfNegative15 = ActivationTable.sigmoid15(0 &- z, table)
            tanh = ActivationTable.tanh(z, table)
            tanhOfNegative = ActivationTable.tanh(0 &- z, table)
        }
    }
}
