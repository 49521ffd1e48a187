import FixedPoint
import Foundation
import GatedMemory

/// The same LSTM in double precision on the dequantised weights, nothing rounded.
///
/// A gate beyond +-16 is exactly 0 or 1, as it is in integers: otherwise a cell that ought to hold
/// for ever would leak by 1e-7 a step.
struct FloatNetwork {
    private let shape: LSTMShape
    private let weights: [Double]
    private let biases: [Double]
    private let cellLimit: Double
    private var z: [Double]
    private(set) var c: [Double]
    private(set) var h: [Double]

    init(_ network: NetworkWeights) {
        shape = network.shape
        let scales = network.exponents.map { scalbn(1.0, -Int($0)) }
        let columns = shape.columns
        weights = network.weights.enumerated().map { Double($1) * scales[$0 / columns] }
        biases = zip(network.biases, scales).map { Double($0) * $1 / 32_768 }
        cellLimit = scalbn(Double(Int32.max), -network.format.fractionBits)
        z = Array(repeating: 0, count: shape.rows)
        c = Array(repeating: 0, count: shape.units)
        h = c
    }

    /// One step from the inputs and a hidden vector, which need not be its own.
    mutating func step(inputs: [Double], hidden: [Double]) {
        let operand = inputs + hidden
        let (columns, units) = (shape.columns, shape.units)
        for row in 0..<shape.rows {
            var sum = biases[row]
            for column in 0..<columns {
                sum += weights[row * columns + column] * operand[column]
            }
            z[row] = sum
        }
        for unit in 0..<units {
            let input = Self.gate(z[unit])
            let leak = Self.gate(-z[units + unit])
            let next = c[unit] + input * tanh(z[3 * units + unit]) - leak * c[unit]
            c[unit] = min(max(next, -cellLimit), cellLimit)
            h[unit] = Self.gate(z[2 * units + unit]) * tanh(c[unit])
        }
    }

    private static func gate(_ z: Double) -> Double {
        if z >= 16 { return 1 }
        if z <= -16 { return 0 }
        return 1 / (1 + exp(-z))
    }
}
