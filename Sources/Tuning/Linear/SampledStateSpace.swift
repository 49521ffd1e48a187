/// A linear process with dead time between a zero-order hold and a sampler: exact in time.
///
/// `x <- transition x + now u[k - delay] + before u[k - delay - 1]`, `y = C x`: a dead time of whole
/// periods and a rest is split inside the period, not rounded.
package struct SampledStateSpace: Equatable, Sendable {
    package let transition: Matrix
    package let now: [Double]
    package let before: [Double]
    package let c: [Double]
    /// Whole periods of dead time.
    package let delay: Int

    package init(transition: Matrix, now: [Double], before: [Double], c: [Double], delay: Int) {
        self.transition = transition
        self.now = now
        self.before = before
        self.c = c
        self.delay = delay
    }

    /// - Precondition: a positive, finite period; a dead time that is not negative.
    package init(_ space: StateSpace, deadTimeSeconds: Double, periodSeconds: Double) {
        precondition(periodSeconds > 0 && periodSeconds.isFinite && deadTimeSeconds >= 0)
        let periods = deadTimeSeconds / periodSeconds
        // A rest below a billionth of a period is rounding of the division.
        var whole = periods.rounded(.down)
        var rest = periods - whole
        if rest > 1 - 1e-9 { whole += 1 }
        if rest < 1e-9 || rest > 1 - 1e-9 { rest = 0 }
        var b = Matrix(rows: space.order, columns: 1)
        for row in 0..<space.order { b[row, 0] = space.b[row] }
        let first = LinearStep(a: space.a, b: b, seconds: rest * periodSeconds)
        let second = LinearStep(a: space.a, b: b, seconds: (1 - rest) * periodSeconds)
        self.init(
            transition: second.transition * first.transition, now: second.held.elements,
            before: (second.transition * first.held).elements, c: space.c, delay: Int(whole))
        if space.d != 0 { self = withFeedthrough(space.d) }
    }

    /// The same with another state, last: the command that acted just before the sample, which the
    /// output sees directly.
    private func withFeedthrough(_ d: Double) -> SampledStateSpace {
        var wider = Matrix(rows: order + 1, columns: order + 1)
        for row in 0..<order {
            for column in 0..<order { wider[row, column] = transition[row, column] }
        }
        return SampledStateSpace(
            transition: wider, now: now + [1], before: before + [0], c: c + [d], delay: delay)
    }

    package var order: Int { now.count }

    /// The pulse response at `z = exp(j angle)`, the angle in radians a sample: hold, dead time,
    /// process and sampler.
    package func response(at angle: Double) -> Complex {
        let z = Complex(magnitude: 1, phase: angle)
        // y = C (z - F)^-1 (before / z + now) / z^delay
        let right = (0..<order).map { Complex(before[$0]) / z + Complex(now[$0]) }
        let solution = Self.resolvent(transition, z, right)
        var sum = Complex(0)
        for row in 0..<order { sum = sum + c[row] * solution[row] }
        return sum * Complex(magnitude: 1, phase: -angle * Double(delay))
    }

    /// `(z - matrix)^-1 right` by elimination with the largest pivot of each column.
    private static func resolvent(_ matrix: Matrix, _ z: Complex, _ right: [Complex]) -> [Complex] {
        let n = matrix.rows
        var rows: [[Complex]] = (0..<n).map { row in
            (0..<n).map { column in
                (row == column ? z : Complex(0)) - Complex(matrix[row, column])
            } + [right[row]]
        }
        for column in 0..<n {
            var pivot = column
            for row in column..<n where rows[row][column].magnitude > rows[pivot][column].magnitude
            {
                pivot = row
            }
            rows.swapAt(column, pivot)
            for row in column + 1..<n {
                let factor = rows[row][column] / rows[column][column]
                for index in column...n {
                    rows[row][index] = rows[row][index] - factor * rows[column][index]
                }
            }
        }
        var solution = [Complex](repeating: Complex(0), count: n)
        for row in (0..<n).reversed() {
            var sum = rows[row][n]
            for column in row + 1..<n { sum = sum - rows[row][column] * solution[column] }
            solution[row] = sum / rows[row][row]
        }
        return solution
    }
}
