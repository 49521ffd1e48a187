package import ModelFile
import Tuning

/// A law whose network was trained by another program.
package struct ImportedWeights: Sendable {
    package let law: FloatLaw
    /// Bias of the command's output, in parts of the command's range. It is left to the integrator,
    /// which holds the same constant and starts without the step that the bias would be.
    package let outputBias: Double

    /// What surrounds the network: an importer is told, since no file of weights says it.
    package struct Surroundings: Sendable {
        package var features: [LawFeature]
        /// Parts of the command's range for an error of a whole span, a sample.
        package var integral: Double
        package var tracking: Double

        package init(features: [LawFeature], integral: Double, tracking: Double) {
            self.features = features
            self.integral = integral
            self.tracking = tracking
        }
    }

    /// Reads the tensors and brings them to the order of `LawLayout`.
    ///
    /// - Precondition: integral above 0, tracking between 0 and 1.
    package init(
        _ file: TensorFile, _ names: WeightNames, layout: WeightNames.Layout, order: GateOrder,
        _ surroundings: Surroundings
    ) throws(ModelFault) {
        let features = surroundings.features.count
        let units = try Self.units(file, names, layout)
        let outputs = try Self.outputs(file, names, layout)
        let shape = LawLayout(features: features, units: units, isGated: outputs == 2)
        let source = try Gates(file, names, layout, inputs: features, units: units)
        var parameters = [Float](repeating: 0, count: shape.count)
        for gate in 0..<4 {
            for unit in 0..<units {
                let row = gate * units + unit
                let from = order.places[gate] * units + unit
                for column in 0..<shape.columns {
                    parameters[row * shape.columns + column] = Float(
                        column < features
                            ? source.input(from, column) : source.hidden(from, column - features))
                }
                parameters[shape.biases.lowerBound + row] = Float(source.biases[from])
            }
        }
        let weights = try Self.matrix(
            file, names.outputWeight, rows: outputs, columns: units, layout)
        for (index, weight) in weights.enumerated() {
            parameters[shape.outputWeights.lowerBound + index] = Float(weight)
        }
        let bias = try names.outputBias.map { name throws(ModelFault) in
            try file.floats(name, [outputs])
        }
        if let bias, outputs == 2 { parameters[shape.gateBias] = Float(bias[1]) }
        outputBias = bias?[0] ?? 0
        parameters[shape.logIntegral] = Float(PortableMath.ln(surroundings.integral))
        let tracking = surroundings.tracking
        parameters[shape.logitTracking] = Float(PortableMath.ln(tracking / (1 - tracking)))
        law = FloatLaw(layout: shape, features: surroundings.features, parameters: parameters)
    }

    /// Weights and biases of the gates, in the file's own order of gates.
    private struct Gates {
        let units: Int
        let inputs: Int
        /// A row for each gate and unit.
        let inputWeights: [Double]
        let hiddenWeights: [Double]
        let biases: [Double]

        init(
            _ file: TensorFile, _ names: WeightNames, _ layout: WeightNames.Layout, inputs: Int,
            units: Int
        ) throws(ModelFault) {
            self.units = units
            self.inputs = inputs
            let rows = 4 * units
            inputWeights = try ImportedWeights.matrix(
                file, names.lstm[0], rows: rows, columns: inputs, layout)
            hiddenWeights = try ImportedWeights.matrix(
                file, names.lstm[1], rows: rows, columns: units, layout)
            var sum = [Double](repeating: 0, count: rows)
            for name in names.lstm.dropFirst(2) {
                for (row, bias) in try file.floats(name, [rows]).enumerated() { sum[row] += bias }
            }
            biases = sum
        }

        func input(_ row: Int, _ column: Int) -> Double { inputWeights[row * inputs + column] }
        func hidden(_ row: Int, _ column: Int) -> Double { hiddenWeights[row * units + column] }
    }

    private static let unitLimit = 64

    private static func units(
        _ file: TensorFile, _ names: WeightNames, _ layout: WeightNames.Layout
    ) throws(ModelFault) -> Int {
        let found = try file.shape(of: names.lstm[1])
        let units = (layout == .keras ? found.first : found.last) ?? 0
        guard found.count == 2, (1...unitLimit).contains(units) else {
            throw .illegalValue(
                key: "tensor \(names.lstm[1])", found: "one of shape \(found)",
                allowed: layout == .keras
                    ? "[units, 4 * units], 1 to \(unitLimit) units"
                    : "[4 * units, units], 1 to \(unitLimit) units")
        }
        return units
    }

    private static func outputs(
        _ file: TensorFile, _ names: WeightNames, _ layout: WeightNames.Layout
    ) throws(ModelFault) -> Int {
        let found = try file.shape(of: names.outputWeight)
        let outputs = (layout == .keras ? found.last : found.first) ?? 0
        guard found.count == 2, (1...2).contains(outputs) else {
            throw .illegalValue(
                key: "tensor \(names.outputWeight)", found: "one of shape \(found)",
                allowed: "1 output, the command, or 2, the second one the integrator's gate")
        }
        return outputs
    }

    /// A matrix with a row for each result, however the program keeps it.
    private static func matrix(
        _ file: TensorFile, _ name: String, rows: Int, columns: Int, _ layout: WeightNames.Layout
    ) throws(ModelFault) -> [Double] {
        guard layout == .keras else { return try file.floats(name, [rows, columns]) }
        let stored = try file.floats(name, [columns, rows])
        return (0..<(rows * columns)).map { stored[$0 % columns * rows + $0 / columns] }
    }
}
