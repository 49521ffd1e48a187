import FixedPoint

/// The three loops of a step, as static functions over memory that the network owns.
///
/// This is the oracle: plain, checked, portable. Faster kernels are compared with it bit for bit.
enum LSTMKernel {
    /// `z = W v + b` for every row, in Q26.
    static func preactivate(
        weights: borrowing Region<Int16>, biases: borrowing Region<Int32>,
        exponents: borrowing Region<Int8>, operand: borrowing Region<Int16>,
        into results: inout Region<Int32>
    ) {
        var z = results.mutableSpan
        rows(
            weights: weights.span, biases: biases.span, exponents: exponents.span,
            operand: operand.span, pointBits: 11, into: &z)
    }

    /// `y = W h + b` for every output, in Q28. Returns how many outputs were clipped.
    static func project(
        weights: borrowing Region<Int16>, biases: borrowing Region<Int32>,
        exponents: borrowing Region<Int8>, operand: borrowing Region<Int16>, inputs: Int,
        into results: inout Region<Int32>
    ) -> UInt32 {
        var y = results.mutableSpan
        let hidden = operand.span.extracting(inputs..<operand.count)
        return rows(
            weights: weights.span, biases: biases.span, exponents: exponents.span,
            operand: hidden, pointBits: 13, into: &y)
    }

    /// All rows of a matrix times one vector. A row with exponent `s` comes out shifted by
    /// `pointBits - s` bits. Returns how many results were clipped.
    @inline(never) @discardableResult @_lifetime(results: copy results)
    private static func rows(
        weights: Span<Int16>, biases: Span<Int32>, exponents: Span<Int8>, operand: Span<Int16>,
        pointBits: Int64, into results: inout MutableSpan<Int32>
    ) -> UInt32 {
        let columns = operand.count
        var clipped: UInt32 = 0
        for row in 0..<results.count {
            var sum = biases[row]
            let line = weights.extracting((row * columns)..<(row * columns + columns))
            for column in 0..<columns {
                // Cannot wrap: RowProof bounds the whole sum below 2^31.
                sum &+= Int32(line[column]) &* Int32(operand[column])
            }
            let shift = pointBits &- Int64(exponents[row])
            if shift >= 0 {
                // |sum| < 2^31 and shift <= 13: below 2^44.
                let wide = Int64(sum) &<< shift
                results[row] = Rounding.saturated32(wide)
                if Int64(results[row]) != wide { clipped &+= 1 }
            } else {
                results[row] = Int32(
                    truncatingIfNeeded: Rounding.halfUp(Int64(sum), 0 &- shift))
            }
        }
        return clipped
    }

    /// Gates, cells and hidden vector of every unit. Returns how many cells were clipped.
    static func updateCells(
        _ cells: inout Region<MemoryCell>, operand: inout Region<Int16>,
        preactivations: borrowing Region<Int32>, table: borrowing Region<Int32>,
        inputs: Int, format: CellFormat
    ) -> UInt32 {
        var cells = cells.mutableSpan
        var operand = operand.mutableSpan
        return update(
            &cells, &operand, preactivations.span, table.span, inputs: inputs, format: format)
    }

    @inline(never) @_lifetime(cells: copy cells) @_lifetime(operand: copy operand)
    private static func update(
        _ cells: inout MutableSpan<MemoryCell>, _ operand: inout MutableSpan<Int16>,
        _ z: Span<Int32>, _ table: Span<Int32>, inputs: Int, format: CellFormat
    ) -> UInt32 {
        let units = cells.count
        let fractionBits = Int64(format.fractionBits)
        var clipped: UInt32 = 0
        for unit in 0..<units {
            let input = ActivationTable.sigmoid(z[unit], table)
            // Formed directly: 1 - f would lose the relative precision of its tail.
            let leak = ActivationTable.sigmoid(0 &- z[units + unit], table)
            let output = ActivationTable.sigmoid(z[2 * units + unit], table)
            let candidate = ActivationTable.tanh(z[3 * units + unit], table)
            var cell = cells[unit]
            if !cell.update(candidate: candidate, input: input, leak: leak, format: format) {
                clipped &+= 1
            }
            cells[unit] = cell
            let squashed = ActivationTable.tanh(
                cell: cell.value, fractionBits: fractionBits, table)
            // Below 2^62; rounded once, from Q62 to Q15.
            let product = Int64(output.bits) &* Int64(squashed)
            operand[inputs + unit] = Rounding.saturated16(Rounding.halfUp(product, 47))
        }
        return clipped
    }
}
