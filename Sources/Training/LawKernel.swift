import Episodes

/// The loops of the float reference of the cell, forward and back, sixteen episodes at a time.
///
/// `z = W v + b`, gates `sigma(z)`, candidate `tanh(z)`, `c <- f c + i g`, `h = o tanh c`: Gers,
/// Schmidhuber and Cummins, Neural Computation 12 (2000). The integers of `GatedMemory` are the
/// same equations; this is what their weights are trained in.
enum LawKernel {
    /// `z[start + row] = bias[row] + sum weights[row, column] v[column]`.
    ///
    /// Two rows at a time: eight registers of four lanes hold the sums.
    /// - Precondition: an even number of rows.
    @inline(never)
    static func multiply(
        _ weights: Span<Float>, _ biases: Span<Float>, _ operands: [Lanes], from first: Int,
        into results: inout [Lanes], from start: Int
    ) {
        let columns = weights.count / biases.count
        let operand = operands.span.extracting(first..<(first + columns))
        var z = results.mutableSpan
        var row = 0
        while row < biases.count {
            var above = Lanes(repeating: biases[row])
            var below = Lanes(repeating: biases[row + 1])
            let upper = row * columns
            let lower = upper + columns
            for column in 0..<columns {
                let value = operand[column]
                above += weights[upper + column] * value
                below += weights[lower + column] * value
            }
            z[start + row] = above
            z[start + row + 1] = below
            row += 2
        }
    }

    /// `result[column] = sum weights[column, row] dz[row]`, the weights transposed.
    @inline(never)
    static func multiplyTransposed(
        _ transposed: Span<Float>, _ adjoints: [Lanes], from start: Int,
        into results: inout [Lanes]
    ) {
        let rows = transposed.count / results.count
        let dz = adjoints.span.extracting(start..<(start + rows))
        var result = results.mutableSpan
        var column = 0
        while column + 1 < result.count {
            var (first, second) = (Lanes.zero, Lanes.zero)
            let upper = column * rows
            let lower = upper + rows
            for row in 0..<rows {
                let value = dz[row]
                first += transposed[upper + row] * value
                second += transposed[lower + row] * value
            }
            result[column] = first
            result[column + 1] = second
            column += 2
        }
        if column < result.count {
            var last = Lanes.zero
            for row in 0..<rows { last += transposed[column * rows + row] * dz[row] }
            result[column] = last
        }
    }

    /// Where a cell clips: the range of the integers' cells, Q4.27.
    private static let cellRange = Lanes(repeating: 16)

    /// Gates in place of pre-activations, new cells behind the old ones, and hidden values.
    ///
    /// All arrays hold one row of units a sample; the operand's hidden values begin at `hidden`.
    @inline(never)
    static func activate(
        _ gateArray: inout [Lanes], cells cellArray: inout [Lanes],
        squashed squashArray: inout [Lanes], operands operandArray: inout [Lanes], hidden: Int,
        units: Int, sample: Int
    ) {
        var gates = gateArray.mutableSpan
        var cells = cellArray.mutableSpan
        var squashed = squashArray.mutableSpan
        var operands = operandArray.mutableSpan
        let (start, before) = (4 * units * sample, units * sample)
        for unit in 0..<units {
            let input = Lanes.sigmoid(gates[start + unit])
            let forget = Lanes.sigmoid(gates[start + units + unit])
            let output = Lanes.sigmoid(gates[start + 2 * units + unit])
            let candidate = Lanes.tanh(gates[start + 3 * units + unit])
            gates[start + unit] = input
            gates[start + units + unit] = forget
            gates[start + 2 * units + unit] = output
            gates[start + 3 * units + unit] = candidate
            let cell = Lanes.minimum(
                Lanes.maximum(forget * cells[before + unit] + input * candidate, -cellRange),
                cellRange)
            let squash = Lanes.tanh(cell)
            cells[before + units + unit] = cell
            squashed[before + unit] = squash
            operands[hidden + unit] = output * squash
        }
    }

    /// Of a forget gate's pre-activation above the limit, in tenths of parity.
    private static let memoryPrice: Float = 0.004
    /// Of a cell above the limit, in tenths of parity.
    private static let cellPrice: Float = 0.002

    /// Adjoints of pre-activations in place of gates; the adjoint of the cells one step back.
    ///
    /// The gradient of the clip is the true one: nothing goes through a cell at its range but the
    /// price of being there.
    ///
    /// - Parameters:
    ///   - history: cells before each sample, and after the last.
    ///   - hidden: adjoint of the hidden values after the step.
    ///   - cells: in: adjoint of the cells after the step; out: before it.
    ///   - longest: forget gate above which a unit's memory costs `memoryPrice` a sample.
    ///   - largest: magnitude of a cell above which it costs `cellPrice` a sample.
    @inline(never)
    static func pullBack(
        _ gateArray: inout [Lanes], history: [Lanes], squashed squashArray: [Lanes],
        hidden hiddenArray: [Lanes], cells cellArray: inout [Lanes], sample: Int, longest: Float,
        largest: Float
    ) {
        let limit = Lanes(repeating: longest)
        let cellLimit = Lanes(repeating: largest)
        let units = cellArray.count
        let start = 4 * units * sample
        var gates = gateArray.mutableSpan
        var cells = cellArray.mutableSpan
        let hidden = hiddenArray.span
        let previous = history.span.extracting((sample * units)..<((sample + 1) * units))
        let reached = history.span.extracting(((sample + 1) * units)..<((sample + 2) * units))
        let squashed = squashArray.span.extracting((sample * units)..<((sample + 1) * units))
        for unit in 0..<units {
            let input = gates[start + unit]
            let forget = gates[start + units + unit]
            let output = gates[start + 2 * units + unit]
            let candidate = gates[start + 3 * units + unit]
            let squash = squashed[unit]
            let value = reached[unit]
            var cell = cells[unit] + hidden[unit] * output * (1 - squash * squash)
            cell.replace(
                with: 0, where: (value .>= cellRange) .| (value .<= -cellRange))
            cell += Lanes.zero
                .replacing(with: cellPrice, where: value .> cellLimit)
                .replacing(with: -cellPrice, where: value .< -cellLimit)
            gates[start + unit] = cell * candidate * (input * (1 - input))
            let price = Lanes.zero.replacing(with: memoryPrice, where: forget .> limit)
            gates[start + units + unit] =
                cell * previous[unit] * (forget * (1 - forget)) + price
            gates[start + 2 * units + unit] = hidden[unit] * squash * (output * (1 - output))
            gates[start + 3 * units + unit] = cell * input * (1 - candidate * candidate)
            cells[unit] = cell * forget
        }
    }

    /// `sums[row, column] += sum over steps dz[step, row] v[step, column]`.
    ///
    /// - Precondition: an even number of rows.
    @inline(never)
    static func accumulate(
        _ adjoints: [Lanes], rows: Int, _ operandArray: [Lanes], columns: Int,
        samples: Range<Int>, into results: inout [Lanes]
    ) {
        let steps = samples.count
        let (low, high) = (samples.lowerBound, samples.upperBound)
        let dz = adjoints.span.extracting((low * rows)..<(high * rows))
        let operands = operandArray.span.extracting((low * columns)..<(high * columns))
        var sums = results.mutableSpan
        var row = 0
        while row < rows {
            for column in 0..<columns {
                var first = sums[row * columns + column]
                var second = sums[(row + 1) * columns + column]
                for step in 0..<steps {
                    let value = operands[step * columns + column]
                    first += dz[step * rows + row] * value
                    second += dz[step * rows + row + 1] * value
                }
                sums[row * columns + column] = first
                sums[(row + 1) * columns + column] = second
            }
            row += 2
        }
    }
}
