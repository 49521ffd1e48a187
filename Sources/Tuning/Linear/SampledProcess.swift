/// A linear process with dead time between a zero-order hold and a sampler: exact in time.
///
/// A dead time of whole periods and a rest is split inside the period, not rounded.
package struct SampledProcess: Sendable {
    package let periodSeconds: Double
    private let space: StateSpace
    private let first: LinearStep
    private let second: LinearStep
    /// Held inputs on their way, oldest first; `line[0]` acts first in the next period.
    private var line: [Double]
    private var state: [Double]
    private var scratch: [Double]

    package init(_ process: TransferFunction, periodSeconds: Double) {
        precondition(periodSeconds > 0 && periodSeconds.isFinite)
        self.periodSeconds = periodSeconds
        space = StateSpace(process)
        let periods = process.deadTimeSeconds / periodSeconds
        // A rest below a billionth of a period is rounding of the division.
        var whole = periods.rounded(.down)
        var rest = periods - whole
        if rest > 1 - 1e-9 { whole += 1 }
        if rest < 1e-9 || rest > 1 - 1e-9 { rest = 0 }
        var b = Matrix(rows: space.order, columns: 1)
        for row in 0..<space.order { b[row, 0] = space.b[row] }
        first = LinearStep(a: space.a, b: b, seconds: rest * periodSeconds)
        second = LinearStep(a: space.a, b: b, seconds: (1 - rest) * periodSeconds)
        line = [Double](repeating: 0, count: Int(whole) + 1)
        state = [Double](repeating: 0, count: space.order)
        scratch = state
    }

    /// The output now.
    package var output: Double { space.output(state) }

    /// One period with `input` held.
    package mutating func advance(input: Double) {
        line.append(input)
        let early = [line[0]]
        let late = [line[1]]
        first.advance(&state, from: early, to: early, scratch: &scratch)
        second.advance(&state, from: late, to: late, scratch: &scratch)
        line.removeFirst()
    }

    /// The pulse response at `z = exp(j frequency period)`: hold, dead time, process and sampler.
    package func response(at frequency: Double) -> Complex {
        let z = Complex(magnitude: 1, phase: frequency * periodSeconds)
        // x+ = F2 F1 x + F2 g1 u(k - d - 1) + g2 u(k - d), so that
        // y = C (z - F2 F1)^-1 (F2 g1 / z + g2) / z^d.
        let transition = second.transition * first.transition
        let early = second.transition * first.held
        var right = [Complex]()
        for row in 0..<space.order {
            right.append(
                Complex(early[row, 0]) / z + Complex(second.held[row, 0]))
        }
        let solution = Self.resolvent(transition, z, right)
        var sum = Complex(0)
        for row in 0..<space.order { sum = sum + space.c[row] * solution[row] }
        let delay = -frequency * periodSeconds * Double(line.count - 1)
        return sum * Complex(magnitude: 1, phase: delay)
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
