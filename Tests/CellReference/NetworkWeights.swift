import FixedPoint
public import GatedMemory

/// Everything that makes a network: its shape and its integers, not yet proved.
public struct NetworkWeights: Sendable {
    public var shape: LSTMShape
    public var format: CellFormat
    public var weights: [Int16]
    public var biases: [Int32]
    public var exponents: [Int8]
    public var outputWeights: [Int16]
    public var outputBiases: [Int32]
    public var outputExponents: [Int8]

    /// All zeros.
    public init(shape: LSTMShape, format: CellFormat) {
        self.shape = shape
        self.format = format
        weights = Array(repeating: 0, count: shape.weightCount)
        biases = Array(repeating: 0, count: shape.rows)
        exponents = Array(repeating: 0, count: shape.rows)
        outputWeights = Array(repeating: 0, count: shape.outputWeightCount)
        outputBiases = Array(repeating: 0, count: shape.outputs)
        outputExponents = Array(repeating: 0, count: shape.outputs)
    }

    /// Bytes of arena that the network takes.
    public var footprint: Int { LSTM.footprint(shape) }

    /// Proves the weights and lays the network out.
    public func network(in arena: inout Arena) throws(LSTMFault) -> LSTM {
        try LSTM(
            shape: shape, format: format, weights: weights.span, biases: biases.span,
            exponents: exponents.span, outputWeights: outputWeights.span,
            outputBiases: outputBiases.span, outputExponents: outputExponents.span, arena: &arena)
    }

    /// Runs the body with the network in a block of its own, exactly as large as its footprint.
    public func withNetwork<Result>(_ body: (inout LSTM) -> Result) throws(LSTMFault) -> Result {
        try TestArena.with(bytes: footprint) { (arena: inout Arena) throws(LSTMFault) -> Result in
            var network = try network(in: &arena)
            return body(&network)
        }
    }
}
