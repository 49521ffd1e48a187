import Episodes

/// What the network did at each sample of sixteen episodes, kept for the way back.
struct NetworkTape {
    let layout: LawLayout
    /// Features and hidden values, one operand a sample, and the hidden values after the last.
    private(set) var operands: [Lanes]
    /// Gates on the way forward, adjoints of their pre-activations on the way back.
    private(set) var gates: [Lanes]
    private var cells: [Lanes]
    private var squashed: [Lanes]

    init(_ layout: LawLayout, samples: Int) {
        self.layout = layout
        operands = [Lanes](repeating: .zero, count: (samples + 1) * layout.columns)
        gates = [Lanes](repeating: .zero, count: samples * layout.rows)
        cells = [Lanes](repeating: .zero, count: (samples + 1) * layout.units)
        squashed = [Lanes](repeating: .zero, count: samples * layout.units)
    }

    /// Empties the cells and hidden values before sample 0.
    mutating func begin() {
        for unit in 0..<layout.units {
            cells[unit] = .zero
            operands[layout.features + unit] = .zero
        }
    }

    /// Sets an input, which ends where the integers end.
    mutating func setFeature(_ index: Int, _ value: Lanes, reach: Float, at sample: Int) {
        operands[sample * layout.columns + index] = Lanes.minimum(
            Lanes.maximum(value, Lanes(repeating: -reach)), Lanes(repeating: reach))
    }

    /// The adjoint of an input before its end: none where it was cut off.
    func pulledBack(_ adjoint: Lanes, of index: Int, reach: Float, at sample: Int) -> Lanes {
        let value = operands[sample * layout.columns + index]
        let isFree = (value .< Lanes(repeating: reach)) .& (value .> Lanes(repeating: -reach))
        return Lanes.zero.replacing(with: adjoint, where: isFree)
    }

    /// One step of the network; returns its outputs.
    mutating func step(_ parameters: Span<Float>, at sample: Int) -> (q: Lanes, gate: Lanes) {
        let (units, columns, rows) = (layout.units, layout.columns, layout.rows)
        let start = sample * columns
        LawKernel.multiply(
            parameters.extracting(layout.weights), parameters.extracting(layout.biases), operands,
            from: start, into: &gates, from: sample * rows)
        let hidden = start + columns + layout.features
        LawKernel.activate(
            &gates, cells: &cells, squashed: &squashed, operands: &operands, hidden: hidden,
            units: units, sample: sample)
        let output = layout.outputWeights.lowerBound
        var (q, gate) = (Lanes.zero, Lanes.zero)
        for unit in 0..<units { q += parameters[output + unit] * operands[hidden + unit] }
        guard layout.isGated else { return (q, gate) }
        gate = Lanes(repeating: parameters[layout.gateBias])
        for unit in 0..<units {
            gate += parameters[output + units + unit] * operands[hidden + unit]
        }
        return (q, gate)
    }

    /// Goes on from the first sample: for a tape of one.
    mutating func rewind() {
        for unit in 0..<layout.units {
            cells[unit] = cells[layout.units + unit]
            operands[layout.features + unit] =
                operands[layout.columns + layout.features + unit]
        }
    }

    func hidden(_ unit: Int, after sample: Int) -> Lanes {
        operands[(sample + 1) * layout.columns + layout.features + unit]
    }

    /// The way back through one step.
    ///
    /// - Parameters:
    ///   - hidden: adjoint of the hidden values after the step.
    ///   - cell: in: adjoint of the cells after the step; out: before it.
    ///   - operand: out: adjoint of features and hidden values before the step.
    mutating func pullBack(
        _ transposed: Span<Float>, at sample: Int, hidden: [Lanes], cell: inout [Lanes],
        operand: inout [Lanes], longest: Float, largest: Float
    ) {
        LawKernel.pullBack(
            &gates, history: cells, squashed: squashed, hidden: hidden, cells: &cell,
            sample: sample, longest: longest, largest: largest)
        LawKernel.multiplyTransposed(
            transposed, gates, from: sample * layout.rows, into: &operand)
    }

    /// Adds the gradient of weights and biases over some samples whose way back is done.
    func accumulate(
        samples: Range<Int>, weights: inout [Lanes], biases: inout [Lanes]
    ) {
        let (columns, rows) = (layout.columns, layout.rows)
        LawKernel.accumulate(
            gates, rows: rows, operands, columns: columns, samples: samples, into: &weights)
        for sample in samples {
            for row in 0..<rows { biases[row] += gates[sample * rows + row] }
        }
    }
}
