import Glibc

/// A linear process without dead time as states: `x' = A x + B u, y = C x`.
package struct StateSpace: Equatable, Sendable {
    package let a: Matrix
    package let b: [Double]
    package let c: [Double]

    package var order: Int { b.count }

    /// - Precondition: as many rows and columns as numbers.
    package init(a: Matrix, b: [Double], c: [Double]) {
        precondition(a.rows == b.count && a.columns == b.count && c.count == b.count)
        self.a = a
        self.b = b
        self.c = c
    }

    /// The rational part of a transfer function in its controllable form, in a time scaled by the
    /// geometric mean of its time constants, so that the numbers of A are of one size also for a
    /// process of hours and milliseconds.
    init(_ process: TransferFunction) {
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
    }

    /// The state and the input that hold an output; an integrating process, whose integrator is its
    /// last state, stands anywhere without an input. Nil when there is none.
    package func rest(output: Double) -> (state: [Double], input: Double)? {
        if let unit = a.solved(b.map { -$0 }) {
            let gain = zip(c, unit).reduce(0) { $0 + $1.0 * $1.1 }
            guard gain != 0 else { return nil }
            return (unit.map { $0 * output / gain }, output / gain)
        }
        var state = [Double](repeating: 0, count: order)
        let last = order - 1
        guard c[last] != 0, (0..<order).allSatisfy({ a[$0, last] == 0 }) else { return nil }
        state[last] = output / c[last]
        return (state, 0)
    }
}
