public import FixedPoint

/// A recurrent layer of gated cells with a linear output, in integers throughout.
///
/// `docs/arithmetic.md` defines every bit of `step`. The shape is chosen at run time; all memory
/// lies in the arena that the initialiser is handed. A value of this type is proof that its weights
/// passed `RowProof`, so the step needs no check of its own.
public struct LSTM: ~Copyable {
    public let shape: LSTMShape
    public let format: CellFormat
    /// Values clipped since the last reset: cells and outputs.
    public private(set) var saturations: UInt32 = 0

    private var table: Region<Int32>
    private var weights: Region<Int16>
    private var biases: Region<Int32>
    private var exponents: Region<Int8>
    private var outputWeights: Region<Int16>
    private var outputBiases: Region<Int32>
    private var outputExponents: Region<Int8>
    /// Inputs, then the hidden vector: the operand of every row.
    private var operand: Region<Int16>
    private var preactivations: Region<Int32>
    private var cells: Region<MemoryCell>
    private var results: Region<Int32>

    /// Copies the weights into the arena and proves them.
    ///
    /// - Parameters:
    ///   - weights: `rows * columns`, row by row; rows are input, forget, output, candidate gates.
    ///   - biases: one a row, with 15 more fraction bits than the row's weights.
    ///   - exponents: fraction bits of each row's weights, 0 ... 30.
    public init(
        shape: LSTMShape, format: CellFormat,
        weights: Span<Int16>, biases: Span<Int32>, exponents: Span<Int8>,
        outputWeights: Span<Int16>, outputBiases: Span<Int32>, outputExponents: Span<Int8>,
        arena: inout Arena
    ) throws(LSTMFault) {
        try RowProof.check(
            weights: weights, biases: biases, exponents: exponents,
            rows: shape.rows, columns: shape.columns)
        try RowProof.check(
            weights: outputWeights, biases: outputBiases, exponents: outputExponents,
            rows: shape.outputs, columns: shape.units)
        guard Self.footprint(shape) <= arena.available else { throw .arenaExhausted }
        var table = arena.carve(ActivationTable.count, of: Int32.self)
        guard Self.writeTable(&table) else { throw .tableDamaged }
        self.shape = shape
        self.format = format
        self.table = table
        self.weights = arena.carve(shape.weightCount, of: Int16.self)
        self.biases = arena.carve(shape.rows, of: Int32.self)
        self.exponents = arena.carve(shape.rows, of: Int8.self)
        self.outputWeights = arena.carve(shape.outputWeightCount, of: Int16.self)
        self.outputBiases = arena.carve(shape.outputs, of: Int32.self)
        self.outputExponents = arena.carve(shape.outputs, of: Int8.self)
        operand = arena.carve(shape.columns, of: Int16.self)
        preactivations = arena.carve(shape.rows, of: Int32.self)
        cells = arena.carve(shape.units, of: MemoryCell.self)
        results = arena.carve(shape.outputs, of: Int32.self)
        self.weights.load(weights)
        self.biases.load(biases)
        self.exponents.load(exponents)
        self.outputWeights.load(outputWeights)
        self.outputBiases.load(outputBiases)
        self.outputExponents.load(outputExponents)
    }

    /// Bytes of arena that a network of this shape takes.
    public static func footprint(_ shape: LSTMShape) -> Int {
        let table = Arena.footprint(ActivationTable.count, of: Int32.self)
        let gates =
            Arena.footprint(shape.weightCount, of: Int16.self)
            + Arena.footprint(shape.rows, of: Int32.self) * 2
            + Arena.footprint(shape.rows, of: Int8.self)
        let outputs =
            Arena.footprint(shape.outputWeightCount, of: Int16.self)
            + Arena.footprint(shape.outputs, of: Int32.self) * 2
            + Arena.footprint(shape.outputs, of: Int8.self)
        let state =
            Arena.footprint(shape.columns, of: Int16.self)
            + Arena.footprint(shape.units, of: MemoryCell.self)
        return table + gates + outputs + state
    }

    private static func writeTable(_ table: inout Region<Int32>) -> Bool {
        var span = table.mutableSpan
        return ActivationTable.write(into: &span)
    }

    // MARK: A step

    /// Sets input `index` for the next step, Q15. -32768 is clipped to -32767.
    ///
    /// - Precondition: `index < shape.inputs`.
    public mutating func setInput(_ index: Int, _ value: Int16) {
        precondition(index < shape.inputs)
        operand.set(index, to: value == Int16.min ? -32_767 : value)
    }

    /// One step: inputs and hidden state to new cells, hidden state and outputs.
    ///
    /// - Complexity: `4 * units * (inputs + units)` multiplications, the same for all values.
    public mutating func step() {
        LSTMKernel.preactivate(
            weights: weights, biases: biases, exponents: exponents, operand: operand,
            into: &preactivations)
        saturations &+= LSTMKernel.updateCells(
            &cells, operand: &operand, preactivations: preactivations, table: table,
            inputs: shape.inputs, format: format)
        saturations &+= LSTMKernel.project(
            weights: outputWeights, biases: outputBiases, exponents: outputExponents,
            operand: operand, inputs: shape.inputs, into: &results)
    }

    /// Output `index` of the last step, Q28.
    public func output(_ index: Int) -> Q3_28 {
        Q3_28(bits: results[index])
    }

    /// The sigmoid of output `index` of the last step, from Q28 to the table's Q26 rounded half up.
    ///
    /// An output ends at 8: the gate is 3.4e-4 from shut or open at the least.
    public func outputGate(_ index: Int) -> Gate {
        let narrowed = Rounding.halfUp(Int64(results[index]), 2)
        return ActivationTable.sigmoid(Int32(truncatingIfNeeded: narrowed), table.span)
    }

    /// Empties cells, hidden vector and outputs.
    public mutating func reset() {
        saturations = 0
        Self.clear(&operand)
        Self.clear(&results)
        for index in 0..<cells.count {
            cells.set(index, to: MemoryCell())
        }
    }

    private static func clear<Element: FixedWidthInteger>(_ region: inout Region<Element>) {
        for index in 0..<region.count {
            region.set(index, to: 0)
        }
    }

    // MARK: Carrying over

    /// What the next step depends on beside its inputs.
    public var memory: NetworkMemory {
        var memory = NetworkMemory()
        var cells = memory.cells.mutableSpan
        for unit in 0..<shape.units { cells[unit] = self.cells[unit] }
        var hidden = memory.hidden.mutableSpan
        for unit in 0..<shape.units { hidden[unit] = operand[shape.inputs + unit] }
        return memory
    }

    /// Goes on where a network of the same weights was.
    ///
    /// - Precondition: `memory.isSound`.
    public mutating func restore(_ memory: NetworkMemory) {
        let (cells, hidden) = (memory.cells.span, memory.hidden.span)
        for unit in 0..<shape.units {
            self.cells.set(unit, to: cells[unit])
            operand.set(shape.inputs + unit, to: hidden[unit])
        }
    }

    // MARK: Looking inside

    /// Cell of unit `index`.
    public func cell(_ index: Int) -> MemoryCell {
        cells[index]
    }

    /// Hidden value of unit `index`, Q15.
    public func hidden(_ index: Int) -> Int16 {
        operand[shape.inputs + index]
    }

    /// The gates of unit `index` in the last step.
    ///
    /// - Precondition: `index < shape.units`.
    public func gates(_ index: Int) -> UnitGates {
        precondition(index < shape.units)
        let z = preactivations.span
        let units = shape.units
        return UnitGates(
            input: ActivationTable.sigmoid(z[index], table.span),
            leak: ActivationTable.sigmoid(0 &- z[units + index], table.span),
            output: ActivationTable.sigmoid(z[2 * units + index], table.span))
    }

    /// The gates of the last step, averaged over the units.
    public func meanGates() -> MeanGates {
        let units = shape.units
        let z = preactivations.span
        let sigmoid = table.span
        var sums = (input: Int64(0), forget: Int64(0), output: Int64(0))
        for unit in 0..<units {
            sums.input &+= Int64(ActivationTable.sigmoid15(z[unit], sigmoid))
            sums.forget &+= Int64(ActivationTable.sigmoid15(z[units + unit], sigmoid))
            sums.output &+= Int64(ActivationTable.sigmoid15(z[2 * units + unit], sigmoid))
        }
        let count = Int64(units)
        return MeanGates(
            input: UInt16(truncatingIfNeeded: sums.input / count),
            forget: UInt16(truncatingIfNeeded: sums.forget / count),
            output: UInt16(truncatingIfNeeded: sums.output / count))
    }
}

/// Gates averaged over the units of a network, Q15: 32768 is exactly 1.
@frozen
public struct MeanGates: BitwiseCopyable, Equatable, Sendable {
    public let input: UInt16
    public let forget: UInt16
    public let output: UInt16

    public init(input: UInt16, forget: UInt16, output: UInt16) {
        self.input = input
        self.forget = forget
        self.output = output
    }
}
