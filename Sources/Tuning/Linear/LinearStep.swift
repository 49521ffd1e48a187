/// One step of a linear system with inputs that are straight lines over the step: exact.
///
/// `x+ = transition x + held u + sloped (u+ - u)`; for held inputs the last part is zero.
struct LinearStep: Sendable {
    let transition: Matrix
    /// By column the effect of each input that stays as it was at the beginning.
    let held: Matrix
    /// By column the effect of the rise of each input by 1 over the step.
    let sloped: Matrix

    /// From one exponential of the system, its inputs and their slopes together (Van Loan, IEEE
    /// Trans. Automatic Control 23, 1978).
    init(a: Matrix, b: Matrix, seconds: Double) {
        let n = a.rows
        let m = b.columns
        var whole = Matrix(rows: n + 2 * m, columns: n + 2 * m)
        for row in 0..<n {
            for column in 0..<n { whole[row, column] = a[row, column] * seconds }
            for column in 0..<m { whole[row, n + column] = b[row, column] * seconds }
        }
        for index in 0..<m { whole[n + index, n + m + index] = 1 }
        let exponential = whole.exponential()
        var transition = Matrix(rows: n, columns: n)
        var held = Matrix(rows: n, columns: m)
        var sloped = Matrix(rows: n, columns: m)
        for row in 0..<n {
            for column in 0..<n { transition[row, column] = exponential[row, column] }
            for column in 0..<m {
                held[row, column] = exponential[row, n + column]
                sloped[row, column] = exponential[row, n + m + column]
            }
        }
        self.transition = transition
        self.held = held
        self.sloped = sloped
    }

    /// Moves `state` by the step; `scratch` is as long.
    func advance(
        _ state: inout [Double], from input: [Double], to next: [Double], scratch: inout [Double]
    ) {
        let n = state.count
        let m = input.count
        for row in 0..<n {
            var sum = 0.0
            for column in 0..<n { sum += transition.elements[row * n + column] * state[column] }
            for column in 0..<m {
                sum += held.elements[row * m + column] * input[column]
                sum += sloped.elements[row * m + column] * (next[column] - input[column])
            }
            scratch[row] = sum
        }
        swap(&state, &scratch)
    }
}
