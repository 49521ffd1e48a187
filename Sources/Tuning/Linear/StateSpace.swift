import Glibc

/// A linear process without dead time as states: `x' = A x + B u, y = C x + D u`.
package struct StateSpace: Codable, Equatable, Sendable {
    package let a: Matrix
    package let b: [Double]
    package let c: [Double]
    /// From input straight to output; 0 for nearly every process.
    package let d: Double

    package var order: Int { b.count }

    /// - Precondition: as many rows and columns as numbers.
    package init(a: Matrix, b: [Double], c: [Double], d: Double = 0) {
        precondition(a.rows == b.count && a.columns == b.count && c.count == b.count)
        self.a = a
        self.b = b
        self.c = c
        self.d = d
    }

    /// The rational part of a transfer function in its controllable form, in a time scaled by the
    /// geometric mean of its time constants, so that the numbers of A are of one size also for a
    /// process of hours and milliseconds.
    package init(_ process: TransferFunction) {
        let n = process.order
        let lowest = process.integratorCount
        let highest = process.denominator[n]
        // x per scaled time: coefficients of (s scale) are divided by scale^power.
        let ratio = abs(highest / process.denominator[lowest])
        let scale = n > lowest ? pow(ratio, 1 / Double(n - lowest)) : 1
        var bottom = process.denominator
        var top = process.numerator
        var power = 1.0
        for index in 0...n {
            bottom[index] /= power
            if index < top.count { top[index] /= power }
            power *= scale
        }
        let leading = bottom[n]
        var a = Matrix(rows: n, columns: n)
        for index in 0..<n {
            if index + 1 < n { a[index, index + 1] = 1 / scale }
            a[n - 1, index] = -bottom[index] / leading / scale
        }
        self.a = a
        var b = [Double](repeating: 0, count: n)
        b[n - 1] = 1 / scale
        self.b = b
        c = (0..<n).map { $0 < top.count ? top[$0] / leading : 0 }
        d = 0
    }

    /// The state and the input that hold an output; an integrating process stands anywhere without
    /// an input. Nil when there is none.
    package func rest(output: Double) -> (state: [Double], input: Double)? {
        if let unit = a.solved(b.map { -$0 }) {
            let gain = zip(c, unit).reduce(d) { $0 + $1.0 * $1.1 }
            guard gain != 0 else { return nil }
            return (unit.map { $0 * output / gain }, output / gain)
        }
        let last = order - 1
        if c[last] != 0, (0..<order).allSatisfy({ a[$0, last] == 0 }) {
            var state = [Double](repeating: 0, count: order)
            state[last] = output / c[last]
            return (state, 0)
        }
        return standing.map { ($0.map { $0 * output }, 0) }
    }

    /// The state in which an integrating process stands still with an output of one: `A x = 0` and
    /// `C x = 1` by least squares, and checked.
    private var standing: [Double]? {
        let norm = a.rowSumNorm
        guard norm > 0 else { return nil }
        let scaled = a.scaled(by: 1 / norm)
        var normal = Matrix(rows: order, columns: order)
        for row in 0..<order {
            for column in 0..<order {
                normal[row, column] = c[row] * c[column]
                for index in 0..<order {
                    normal[row, column] += scaled[index, row] * scaled[index, column]
                }
            }
        }
        guard let state = normal.solvedSymmetric(c) else { return nil }
        let left = scaled.times(state).map(\.magnitude).max() ?? 0
        let output = zip(c, state).reduce(0) { $0 + $1.0 * $1.1 }
        let size = state.map(\.magnitude).max() ?? 0
        return left <= 1e-7 * size && abs(output - 1) < 1e-6 ? state : nil
    }
}
