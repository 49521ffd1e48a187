import Control
import Episodes
import FixedPoint
import GatedMemory
package import ModelFile
import Tuning

extension FloatLaw {
    /// The law in integers: every row on its finest grid, gains and gates to 31 bits.
    ///
    /// - Parameter envelope: setpoints and measurements, parts of the span, that it was trained on.
    /// - Throws: when a weight or gain does not fit its format.
    package func model(
        envelope: ClosedRange<Double>, description: ModelDescription
    ) throws(ModelFault) -> Model {
        guard
            let shape = LSTMShape(
                inputs: layout.features, units: layout.units, outputs: layout.outputs),
            let low = Q3_28(envelope.lowerBound), let high = Q3_28(envelope.upperBound)
        else {
            throw .illegalValue(
                key: "envelope", found: "\(envelope)", allowed: "values within -8 ... 8")
        }
        let ungated = layout.isGated ? 2 * integral : integral
        guard let (scale, gate) = LearnedLawParameters.integral(ungated) else {
            throw .illegalValue(
                key: "integral", found: "\(integral)", allowed: "an integral gain below 2^13")
        }
        var model = Model(
            shape: shape, format: .q4_27, rows: try rows(layout.rows, quantisedRow),
            outputRows: try rows(layout.outputs, quantisedOutputRow),
            features: try quantisedFeatures(),
            law: LearnedLawParameters(
                integralScale: scale, integralGate: gate,
                trackingGate: Gate(tracking), setpointGain: .zero, setpointReach: .one,
                envelopeLow: low, envelopeHigh: high),
            description: description)
        model.scales = scales
        return model
    }

    /// As a model has them: none where the law is made for its process.
    private var scales: [FeatureScale] {
        let scales = features.map(\.scale)
        return scales.contains { $0 != .fixed } ? scales : []
    }

    /// The law that a model of the same inputs and size has in integers: what `onGrid` gave when it was written.
    ///
    /// - Throws: when the model has other inputs or another size than this law.
    package func taken(from model: Model) throws(ModelFault) -> FloatLaw {
        let size = [model.shape.inputs, model.shape.units, model.shape.outputs]
        let ownSize = [layout.features, layout.units, layout.outputs]
        guard size == ownSize else {
            throw .illegalValue(
                key: "the size (inputs, units, outputs)", found: "\(size)", allowed: "\(ownSize)")
        }
        guard model.features == (try quantisedFeatures()), model.scales == scales else {
            throw .illegalValue(
                key: "the inputs", found: "others", allowed: "those of `flyball train --generalist`"
            )
        }
        var result = self
        for (index, row) in model.rows.enumerated() {
            result.place(row, at: index * layout.columns, reaches: features.map(\.reach))
            result.parameters[layout.biases.lowerBound + index] = row.biasValue
        }
        for (output, row) in model.outputRows.enumerated() {
            result.place(
                row, at: layout.outputWeights.lowerBound + output * layout.units, reaches: [])
            if output == 1 { result.parameters[layout.gateBias] = row.biasValue }
        }
        let ungated = model.law.integralScale.doubleValue * model.law.integralGate.doubleValue
        let tracking = model.law.trackingGate.doubleValue
        guard ungated > 0, tracking > 0, tracking < 1 else {
            throw .illegalValue(
                key: "the gain of the integral or of tracking", found: "\(ungated), \(tracking)",
                allowed: "above 0, tracking below 1")
        }
        result.parameters[layout.logIntegral] = Float(
            PortableMath.ln(layout.isGated ? ungated / 2 : ungated))
        result.parameters[layout.logitTracking] = Float(
            PortableMath.ln(tracking / (1 - tracking)))
        return result
    }

    private mutating func place(_ row: QuantisedRow, at start: Int, reaches: [Double]) {
        for (index, weight) in row.weights.enumerated() {
            let reach = index < reaches.count ? reaches[index] : 1
            parameters[start + index] = Float(Double(weight) * row.step / reach)
        }
    }

    private func quantisedFeatures() throws(ModelFault) -> [Feature] {
        var result: [Feature] = []
        for feature in features {
            guard let gain = Gain(feature.gain / feature.reach) else {
                throw .illegalValue(
                    key: "features", found: "a gain of \(feature.gain)", allowed: "below 2^14")
            }
            result.append(Feature(source: feature.source, gain: gain))
        }
        return result
    }

    private func quantisedRow(_ row: Int) throws(ModelFault) -> QuantisedRow {
        let start = row * layout.columns
        var weights = parameters[start..<(start + layout.columns)].map(Double.init)
        for (index, feature) in features.enumerated() { weights[index] *= feature.reach }
        let gate = ["input gate", "forget gate", "output gate", "candidate"][row / layout.units]
        return try quantised(
            weights, bias: parameters[layout.biases.lowerBound + row],
            "\(gate) of unit \(row % layout.units)")
    }

    private func quantisedOutputRow(_ output: Int) throws(ModelFault) -> QuantisedRow {
        let start = layout.outputWeights.lowerBound + output * layout.units
        let weights = parameters[start..<(start + layout.units)].map(Double.init)
        let bias = output == 1 ? parameters[layout.gateBias] : 0
        return try quantised(weights, bias: bias, "output \(output)")
    }

    private func rows(
        _ count: Int, _ row: (Int) throws(ModelFault) -> QuantisedRow
    ) throws(ModelFault) -> [QuantisedRow] {
        var result: [QuantisedRow] = []
        for index in 0..<count { result.append(try row(index)) }
        return result
    }

    private func quantised(
        _ weights: [Double], bias: Float, _ name: String
    ) throws(ModelFault) -> QuantisedRow {
        guard let row = QuantisedRow(weights: weights, bias: Double(bias)) else {
            throw .illegalValue(
                key: "weights", found: "a row that no grid holds (\(name))",
                allowed: "finite weights whose magnitudes sum to less than 65536")
        }
        return row
    }

    /// The law with its weights rounded to the grid of their integers.
    ///
    /// A row that no grid holds stays as it is; writing the law down will say so.
    var onGrid: FloatLaw {
        var result = self
        let reaches = features.map(\.reach)
        for index in 0..<layout.rows {
            guard let row = try? quantisedRow(index) else { continue }
            result.place(row, at: index * layout.columns, reaches: reaches)
            result.parameters[layout.biases.lowerBound + index] = row.biasValue
        }
        for output in 0..<layout.outputs {
            guard let row = try? quantisedOutputRow(output) else { continue }
            let start = layout.outputWeights.lowerBound + output * layout.units
            result.place(row, at: start, reaches: [])
            if output == 1 { result.parameters[layout.gateBias] = row.biasValue }
        }
        return result
    }
}

extension QuantisedRow {
    fileprivate var step: Double { Double(sign: .plus, exponent: -Int(exponent), significand: 1) }
    fileprivate var biasValue: Float { Float(Double(bias) * step / 32_768) }
}
