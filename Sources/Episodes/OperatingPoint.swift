package import Plants
package import Tuning

/// A plant of the catalog where it stands still, and its equations' linear part there.
///
/// The point is found by Newton's method on the equations themselves, the linear part by central
/// differences: exact to about 1e-9 of each slope where the equations are smooth.
package struct OperatingPoint: Sendable {
    /// One input and one output of the plant, in their units.
    package let space: StateSpace
    /// Each output of the plant over the states of `space`.
    package let outputs: [[Double]]
    package let deadTimeSeconds: Double
    /// What holds it there, in the order of the plant's inputs.
    package let input: [Double]

    /// An output that a loop holds with an input.
    package struct Held: Sendable {
        package let input: Int
        package let output: Int
        package let value: Double

        package init(input: Int, output: Int, value: Double) {
            self.input = input
            self.output = output
            self.value = value
        }
    }

    private static let iterationLimit = 60
    /// Of the size of a state or input, and at least of one unit.
    private static let step = 1e-5
    private static let tolerance = 1e-9

    /// - Parameters:
    ///   - held: one for each loop; the first is the one that the linear part is of, the others are
    ///     opened there.
    ///   - fixed: every input; those of the loops are where the search begins.
    /// - Throws: `noSolution` where the equations have no such point.
    package init(
        _ plant: AnyPlant<Double>, held: [Held], fixed: [Double]
    ) throws(TuningFault) {
        let states = plant.stateCount
        let equations = Equations(plant: plant, held: held, fixed: fixed)
        var outputs = plant.initialOutput
        for hold in held { outputs[hold.output] = hold.value }
        guard let start = try? plant.equilibrium(output: outputs), !held.isEmpty,
            plant.inputs.count == fixed.count
        else { throw .noSolution("the plant does not stand still at \(outputs)") }
        var point = start.state + held.map { start.input[$0.input] }
        var isFound = false
        for _ in 0..<Self.iterationLimit where !isFound {
            let residual = equations.residual(point)
            guard let move = equations.jacobian(point).solved(residual.map { -$0 }) else { break }
            for index in point.indices { point[index] += move[index] }
            isFound = zip(move, point).allSatisfy { abs($0) <= Self.tolerance * (1 + abs($1)) }
        }
        guard isFound, point.allSatisfy(\.isFinite) else {
            throw .noSolution("no input holds the plant at \(held.map(\.value))")
        }
        let slopes = equations.jacobian(point)
        var a = Matrix(rows: states, columns: states)
        for row in 0..<states {
            for column in 0..<states { a[row, column] = slopes[row, column] }
        }
        space = StateSpace(
            a: a, b: (0..<states).map { slopes[$0, states] },
            c: (0..<states).map { slopes[states, $0] })
        self.outputs = equations.outputs(Array(point.prefix(states)))
        deadTimeSeconds = plant.deadTimeSeconds
        var input = fixed
        for (index, hold) in held.enumerated() { input[hold.input] = point[states + index] }
        self.input = input
    }

    /// Rates of the states and errors of the held outputs, over states and the loops' inputs.
    private struct Equations {
        let plant: AnyPlant<Double>
        let held: [Held]
        let fixed: [Double]

        func residual(_ point: [Double]) -> [Double] {
            let states = plant.stateCount
            let state = Array(point.prefix(states))
            var input = fixed
            for (index, hold) in held.enumerated() { input[hold.input] = point[states + index] }
            var rates = [Double](repeating: 0, count: states)
            var room = rates.mutableSpan
            plant.derivative(state: state.span, input: input.span, into: &room)
            return rates
                + held.map { plant.output($0.output, state: state.span) - $0.value }
        }

        func jacobian(_ point: [Double]) -> Matrix { slopes(of: residual, at: point) }

        /// Slopes of every output over the states.
        func outputs(_ state: [Double]) -> [[Double]] {
            let slopes = slopes(
                of: { state in
                    plant.outputs.indices.map { plant.output($0, state: state.span) }
                }, at: state)
            return plant.outputs.indices.map { output in
                state.indices.map { slopes[output, $0] }
            }
        }

        /// By central differences: a row for each value of the function, a column for each argument.
        private func slopes(of function: ([Double]) -> [Double], at point: [Double]) -> Matrix {
            var matrix = Matrix(rows: function(point).count, columns: point.count)
            for column in point.indices {
                let width = OperatingPoint.step * max(1, abs(point[column]))
                var (up, down) = (point, point)
                up[column] += width
                down[column] -= width
                let (high, low) = (function(up), function(down))
                for row in high.indices {
                    matrix[row, column] = (high[row] - low[row]) / (2 * width)
                }
            }
            return matrix
        }
    }
}
