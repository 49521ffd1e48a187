import Control
import Episodes
import FixedPoint
import GatedMemory
package import ModelFile

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
        if features.contains(where: { $0.scale != .fixed }) {
            model.scales = features.map(\.scale)
        }
        return model
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
        func place(_ row: QuantisedRow?, weights: Range<Int>, reaches: [Double], bias: Int?) {
            guard let row else { return }
            let step = Double(sign: .plus, exponent: -Int(row.exponent), significand: 1)
            for (index, place) in weights.enumerated() {
                let reach = index < reaches.count ? reaches[index] : 1
                result.parameters[place] = Float(Double(row.weights[index]) * step / reach)
            }
            if let bias { result.parameters[bias] = Float(Double(row.bias) * step / 32_768) }
        }
        let reaches = features.map(\.reach)
        for row in 0..<layout.rows {
            let start = row * layout.columns
            place(
                try? quantisedRow(row), weights: start..<(start + layout.columns),
                reaches: reaches, bias: layout.biases.lowerBound + row)
        }
        for output in 0..<layout.outputs {
            let start = layout.outputWeights.lowerBound + output * layout.units
            place(
                try? quantisedOutputRow(output), weights: start..<(start + layout.units),
                reaches: [], bias: output == 1 ? layout.gateBias : nil)
        }
        return result
    }
}
