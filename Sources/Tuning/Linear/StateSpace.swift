import Glibc

/// The rational part of a transfer function as states: `x' = A x + B u, y = C x`.
///
/// Controllable form, in a time scaled by the geometric mean of its time constants, so that the
/// numbers of A are of one size also for a process of hours and milliseconds.
struct StateSpace: Sendable {
    let a: Matrix
    let b: [Double]
    let c: [Double]

    var order: Int { b.count }

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

    func output(_ state: [Double]) -> Double {
        var sum = 0.0
        for index in 0..<order { sum += c[index] * state[index] }
        return sum
    }
}
