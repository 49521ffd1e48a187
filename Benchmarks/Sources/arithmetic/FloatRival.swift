import CFloatLSTM
import CellReference
import Foundation
import GatedMemory

/// The float32 network in C, with the dequantised weights.
@safe
final class FloatRival {
    // Safe: made and freed here, used by nobody else.
    private let network: OpaquePointer?
    /// Keeps the result of a run in use.
    private(set) var last: Float = 0

    init(_ weights: NetworkWeights) {
        let shape = weights.shape
        let rows = shape.rows
        unsafe network = flyball_float_lstm_new(
            Int32(shape.inputs), Int32(shape.units), Int32(shape.outputs))
        for row in 0..<rows {
            let scale = scalbn(1.0, -Int(weights.exponents[row]))
            for column in 0..<shape.columns {
                let weight = Double(weights.weights[row * shape.columns + column]) * scale
                set(row, column, weight)
            }
            set(row, bias: Double(weights.biases[row]) * scale / 32_768)
        }
        for row in 0..<shape.outputs {
            let scale = scalbn(1.0, -Int(weights.outputExponents[row]))
            for column in 0..<shape.units {
                let weight = Double(weights.outputWeights[row * shape.units + column]) * scale
                set(rows + row, column, weight)
            }
            set(rows + row, bias: Double(weights.outputBiases[row]) * scale / 32_768)
        }
    }

    deinit {
        unsafe flyball_float_lstm_free(network)
    }

    func run(_ inputs: [Float], steps: Int) {
        last = unsafe flyball_float_lstm_run(network, inputs, Int32(steps))
    }

    private func set(_ row: Int, _ column: Int, _ weight: Double) {
        unsafe flyball_float_lstm_set_weight(network, Int32(row), Int32(column), Float(weight))
    }

    private func set(_ row: Int, bias: Double) {
        unsafe flyball_float_lstm_set_bias(network, Int32(row), Float(bias))
    }
}
