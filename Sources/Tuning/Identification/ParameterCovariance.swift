/// How sure the parameters of a least-squares fit are.
///
/// The residuals are taken as a first-order autoregression: neighbours are correlated by r, samples
/// k apart by r^k. Gaps count as one sample. r is raised by the bias of its estimate, (1 + 4 r) / N
/// (Kendall, Biometrika 41, 1954), and never below 0, where quantisation could make the intervals
/// too small. The variance is that of as many independent samples as N of these are worth.
struct ParameterCovariance {
    /// Standard deviations, in the order of the columns; infinite where the columns say nothing.
    let deviations: [Double]

    init(jacobian columns: [[Double]], residuals: [Double]) {
        let size = columns.count
        let count = residuals.count
        let scales = columns.map { LinearFit.product($0, $0).squareRoot() }
        var normal = Matrix(rows: size, columns: size)
        for row in 0..<size {
            for column in 0..<size {
                normal[row, column] =
                    LinearFit.product(columns[row], columns[column])
                    / (scales[row] * scales[column])
            }
        }
        let inverse: [[Double]] = (0..<size).compactMap { index in
            var unit = [Double](repeating: 0, count: size)
            unit[index] = 1
            return normal.solvedSymmetric(unit)
        }
        guard inverse.count == size, count > size else {
            deviations = [Double](repeating: .infinity, count: size)
            return
        }
        let r = Self.correlation(residuals)
        let independent = Double(count) * (1 - r) / (1 + r)
        let freedom = independent / max(1, independent - Double(size))
        let variance = LinearFit.product(residuals, residuals) / Double(count) * freedom
        deviations = (0..<size).map { parameter in
            // The influence of each sample on this parameter.
            var influence = [Double](repeating: 0, count: count)
            for column in 0..<size {
                let weight = inverse[parameter][column] / scales[column]
                for index in 0..<count { influence[index] += weight * columns[column][index] }
            }
            let sum = variance * Self.correlated(influence, r)
            return max(0, sum).squareRoot() / scales[parameter]
        }
    }

    /// Of neighbouring residuals, 0 to 0.99, raised by the bias of its estimate.
    static func correlation(_ residuals: [Double]) -> Double {
        let whole = LinearFit.product(residuals, residuals)
        guard whole > 0 else { return 0 }
        var sum = 0.0
        for index in residuals.indices.dropFirst() {
            sum += residuals[index] * residuals[index - 1]
        }
        let found = sum / whole
        let raised = found + (1 + 4 * found) / Double(residuals.count)
        return min(max(raised, 0), 0.99)
    }

    /// The sum of `a_s a_t r^|s - t|`.
    private static func correlated(_ terms: [Double], _ r: Double) -> Double {
        var sum = 0.0
        var before = 0.0
        for term in terms {
            sum += term * (term + 2 * before)
            before = r * (before + term)
        }
        return sum
    }
}
