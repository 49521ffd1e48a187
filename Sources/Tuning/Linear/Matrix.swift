/// A small dense matrix of a linear system, row by row.
package struct Matrix: Codable, Equatable, Sendable {
    package let rows: Int
    package let columns: Int
    package var elements: [Double]

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        elements = [Double](repeating: 0, count: rows * columns)
    }

    package static func identity(_ size: Int) -> Matrix {
        var result = Matrix(rows: size, columns: size)
        for index in 0..<size { result[index, index] = 1 }
        return result
    }

    package subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    package static func * (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.columns == right.rows)
        var result = Matrix(rows: left.rows, columns: right.columns)
        for row in 0..<left.rows {
            for inner in 0..<left.columns {
                let factor = left[row, inner]
                if factor == 0 { continue }
                for column in 0..<right.columns {
                    result[row, column] += factor * right[inner, column]
                }
            }
        }
        return result
    }

    package func times(_ vector: [Double]) -> [Double] {
        precondition(columns == vector.count)
        var result = [Double](repeating: 0, count: rows)
        for row in 0..<rows {
            var sum = 0.0
            for column in 0..<columns { sum += elements[row * columns + column] * vector[column] }
            result[row] = sum
        }
        return result
    }

    package func scaled(by factor: Double) -> Matrix {
        var result = self
        for index in elements.indices { result.elements[index] *= factor }
        return result
    }

    /// `self` times itself, by squaring.
    ///
    /// - Precondition: square; an exponent of 1 or more.
    package func power(_ exponent: Int) -> Matrix {
        precondition(rows == columns && exponent > 0)
        var (result, square, rest) = (Matrix.identity(rows), self, exponent)
        while rest > 0 {
            if rest % 2 == 1 { result = result * square }
            square = square * square
            rest /= 2
        }
        return result
    }

    /// The largest sum of magnitudes in a row.
    package var rowSumNorm: Double {
        var norm = 0.0
        for row in 0..<rows {
            var sum = 0.0
            for column in 0..<columns { sum += abs(self[row, column]) }
            norm = max(norm, sum)
        }
        return norm
    }

    /// The matrix exponential by scaling and squaring of its Taylor series.
    ///
    /// The scaled norm is at most 1/2, where 16 terms leave less than 1e-19 (Moler and Van Loan,
    /// SIAM Review 45, 2003, method 3).
    package func exponential() -> Matrix {
        precondition(rows == columns)
        var squarings = 0
        var norm = rowSumNorm
        while norm > 0.5, squarings < 60 {
            norm /= 2
            squarings += 1
        }
        var scale = 1.0
        for _ in 0..<squarings { scale /= 2 }
        let scaled = scaled(by: scale)
        var result = Matrix.identity(rows)
        var term = Matrix.identity(rows)
        for index in 1...16 {
            term = (term * scaled).scaled(by: 1 / Double(index))
            for element in result.elements.indices {
                result.elements[element] += term.elements[element]
            }
        }
        for _ in 0..<squarings { result = result * result }
        return result
    }

    /// The solution x of `self x = right` by elimination with the largest pivot of each column; nil
    /// when the matrix is singular to the precision of the numbers.
    package func solved(_ right: [Double]) -> [Double]? {
        precondition(rows == columns && right.count == rows)
        var (m, x) = (self, right)
        let least = 1e-14 * rowSumNorm
        for pivot in 0..<rows {
            var best = pivot
            for row in pivot..<rows where m[row, pivot].magnitude > m[best, pivot].magnitude {
                best = row
            }
            guard m[best, pivot].magnitude > least else { return nil }
            for column in 0..<columns where best != pivot {
                let kept = m[pivot, column]
                m[pivot, column] = m[best, column]
                m[best, column] = kept
            }
            x.swapAt(pivot, best)
            for row in pivot + 1..<rows {
                let factor = m[row, pivot] / m[pivot, pivot]
                for column in pivot..<columns { m[row, column] -= factor * m[pivot, column] }
                x[row] -= factor * x[pivot]
            }
        }
        for row in (0..<rows).reversed() {
            for column in row + 1..<columns { x[row] -= m[row, column] * x[column] }
            x[row] /= m[row, row]
        }
        return x
    }

    /// The solution x of `self x = right` for a symmetric positive definite matrix, by Cholesky's
    /// factors; nil when it is not positive definite to the precision of the numbers.
    package func solvedSymmetric(_ right: [Double]) -> [Double]? {
        guard let factor = choleskyFactor() else { return nil }
        var solution = right
        for row in 0..<rows {
            for column in 0..<row { solution[row] -= factor[row, column] * solution[column] }
            solution[row] /= factor[row, row]
        }
        for row in (0..<rows).reversed() {
            for column in row + 1..<rows { solution[row] -= factor[column, row] * solution[column] }
            solution[row] /= factor[row, row]
        }
        return solution
    }

    /// The lower triangle G with `G G^T = self`.
    private func choleskyFactor() -> Matrix? {
        precondition(rows == columns)
        var factor = Matrix(rows: rows, columns: rows)
        for row in 0..<rows {
            for column in 0...row {
                var sum = self[row, column]
                for inner in 0..<column { sum -= factor[row, inner] * factor[column, inner] }
                if row == column {
                    // Below this share of its diagonal the pivot is rounding, not information.
                    guard sum > self[row, row] * 1e-13, sum.isFinite else { return nil }
                    factor[row, row] = sum.squareRoot()
                } else {
                    factor[row, column] = sum / factor[column, column]
                }
            }
        }
        return factor
    }
}
