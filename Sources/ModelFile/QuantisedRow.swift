/// One row of weights on the integer grid, with the exponent that the overflow bound allows.
package struct QuantisedRow: Equatable, Sendable {
    package let weights: [Int16]
    package let bias: Int32
    package let exponent: Int8

    /// The finest grid on which the row passes the proof `sum |w| + ceil(|b| / 2^15) <= 65535`.
    ///
    /// `nil` when even the coarsest grid (exponent 0) cannot hold the row, or a value is not
    /// finite.
    package init?(weights: [Double], bias: Double) {
        for exponent in stride(from: 30, through: 0, by: -1) {
            let scale = Double(sign: .plus, exponent: exponent, significand: 1)
            let scaled = weights.map { ($0 * scale).rounded() }
            let scaledBias = (bias * scale * 32_768).rounded()
            let sum =
                scaled.reduce(0) { $0 + $1.magnitude }
                + (scaledBias.magnitude / 32_768).rounded(.up)
            guard sum <= 65_535, scaled.allSatisfy({ $0.magnitude <= 32_767 }),
                scaledBias.magnitude <= 2_147_483_647
            else { continue }
            self.weights = scaled.map { Int16($0) }
            self.bias = Int32(scaledBias)
            self.exponent = Int8(exponent)
            return
        }
        return nil
    }

    /// A row as a file has it; the network's proof checks it.
    init(weights: [Int16], bias: Int32, exponent: Int8) {
        self.weights = weights
        self.bias = bias
        self.exponent = exponent
    }

    /// The row of the opposite output; its weights lie within 32767 on both sides.
    var negated: QuantisedRow {
        QuantisedRow(weights: weights.map { 0 &- $0 }, bias: 0 &- bias, exponent: exponent)
    }
}
