/// Least squares on a few columns, by normal equations of columns scaled to length 1.
struct LinearFit {
    let coefficients: [Double]
    let residuals: [Double]
    let sumOfSquares: Double

    /// Nil when the columns say nothing or the same.
    init?(columns: [[Double]], target: [Double]) {
        let scales = columns.map { column in
            column.reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
        guard scales.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
        let size = columns.count
        var normal = Matrix(rows: size, columns: size)
        var right = [Double](repeating: 0, count: size)
        for row in 0..<size {
            for column in 0...row {
                let sum = Self.product(columns[row], columns[column])
                normal[row, column] = sum / (scales[row] * scales[column])
                normal[column, row] = normal[row, column]
            }
            right[row] = Self.product(columns[row], target) / scales[row]
        }
        guard let solution = normal.solvedSymmetric(right) else { return nil }
        let coefficients = zip(solution, scales).map { $0 / $1 }
        var residuals = target
        for (coefficient, column) in zip(coefficients, columns) {
            for index in residuals.indices { residuals[index] -= coefficient * column[index] }
        }
        self.coefficients = coefficients
        self.residuals = residuals
        sumOfSquares = Self.product(residuals, residuals)
    }

    static func product(_ left: [Double], _ right: [Double]) -> Double {
        var sum = 0.0
        for index in left.indices { sum += left[index] * right[index] }
        return sum
    }
}
