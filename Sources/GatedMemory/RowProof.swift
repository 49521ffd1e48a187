/// The proof that no sum of a weight row can overflow, made once at load.
///
/// With |x|, |h| <= 32767 and `sum |w| + ceil(|b| / 2^15) <= 65535` the Int32 accumulation stays
/// below 2^31 in any order, so every vector width gives the same bits.
enum RowProof {
    static let limit = 65_535

    static func check(
        weights: Span<Int16>, biases: Span<Int32>, exponents: Span<Int8>, rows: Int, columns: Int
    ) throws(LSTMFault) {
        try expect(weights.count, rows * columns)
        try expect(biases.count, rows)
        try expect(exponents.count, rows)
        for row in 0..<rows {
            let exponent = Int(exponents[row])
            guard exponent >= 0, exponent <= 30 else {
                throw .exponentOutOfRange(row: Int32(row), found: Int32(exponent))
            }
            var sum = (Int(biases[row].magnitude) + 32_767) / 32_768
            for column in 0..<columns {
                let weight = weights[row * columns + column]
                guard weight != Int16.min else {
                    throw .illegalWeight(row: Int32(row), column: Int32(column))
                }
                sum += Int(weight.magnitude)
            }
            guard sum <= limit else {
                throw .rowSumTooLarge(
                    row: Int32(row), found: Int32(sum), limit: Int32(limit))
            }
        }
    }

    private static func expect(_ found: Int, _ expected: Int) throws(LSTMFault) {
        guard found == expected else {
            throw .wrongCount(found: Int32(clamping: found), expected: Int32(expected))
        }
    }
}
