/// Eigenvalues and vectors of a symmetric matrix by Jacobi's rotations: square roots only, the same
/// on every machine.
struct SymmetricEigen: Sendable {
    private(set) var values: [Double]
    /// The vectors as columns.
    private(set) var vectors: Matrix

    private static let sweepLimit = 30

    init(_ matrix: Matrix) {
        let n = matrix.rows
        var a = matrix
        vectors = Matrix.identity(n)
        for _ in 0..<Self.sweepLimit {
            var off = 0.0
            var diagonal = 0.0
            for row in 0..<n {
                diagonal += a[row, row] * a[row, row]
                for column in row + 1..<n { off += a[row, column] * a[row, column] }
            }
            if off <= 1e-30 * diagonal { break }
            for row in 0..<n {
                for column in row + 1..<n where a[row, column] != 0 {
                    Self.rotate(&a, &vectors, row, column)
                }
            }
        }
        values = (0..<n).map { a[$0, $0] }
    }

    /// Turns the plane of two axes so that their product becomes 0.
    private static func rotate(_ a: inout Matrix, _ vectors: inout Matrix, _ p: Int, _ q: Int) {
        let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
        let root = (theta * theta + 1).squareRoot()
        let t = theta >= 0 ? 1 / (theta + root) : 1 / (theta - root)
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for index in 0..<a.rows {
            let (x, y) = (a[index, p], a[index, q])
            a[index, p] = c * x - s * y
            a[index, q] = s * x + c * y
        }
        for index in 0..<a.rows {
            let (x, y) = (a[p, index], a[q, index])
            a[p, index] = c * x - s * y
            a[q, index] = s * x + c * y
        }
        for index in 0..<a.rows {
            let (x, y) = (vectors[index, p], vectors[index, q])
            vectors[index, p] = c * x - s * y
            vectors[index, q] = s * x + c * y
        }
    }
}
