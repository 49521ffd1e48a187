import Control
import FixedPoint
package import FoundationEssentials
import GatedMemory

/// Reads a model file and proves it: structure, sizes, hash, weights, golden trace.
///
/// Nothing in a file is believed: every length is bounded before it is used, and a file that fails
/// any check gives a `ModelFault`, never a trap.
package enum ModelReader {
    /// A network of the largest shape has 60 KB; certificates may add some.
    package static let byteLimit = 4 << 20
    static let headerLimit = 1 << 20

    package static func read(path: String) throws(ModelFault) -> Model {
        try parse(try content(path: path))
    }

    /// The bytes of a file, one more than the limit at most.
    static func content(path: String) throws(ModelFault) -> Data {
        try RegularFile.read(path: path, limit: byteLimit + 1)
    }

    /// The model in a file's bytes, checked against a prefix of its golden trace.
    package static func parse(_ content: Data) throws(ModelFault) -> Model {
        guard content.count <= byteLimit else {
            throw .tooLarge(found: content.count, limit: byteLimit)
        }
        let file = try TensorFile(content)
        guard let stored = ModelWriter.storedHash(in: content),
            let expected = ModelWriter.expectedHash(of: content)
        else { throw .missing("metadata sha256") }
        try file.expect("format", "flyball-model")
        // Version 3 is version 2 with scales: a reader that does not know them must not run it.
        _ = try file.number("version", in: 2...3)
        try file.expect("gate_order", "input,forget,output,candidate")
        guard stored == expected else {
            throw .hashDiffers(found: expected, expected: stored)
        }
        let model = try model(from: file)
        try verify(model, file, steps: GoldenTrace.prefixSteps)
        return model
    }

    /// Runs the whole golden trace of a file, 10,000 steps.
    package static func verifyFullTrace(_ content: Data) throws(ModelFault) {
        let model = try parse(content)
        try verify(model, TensorFile(content), steps: GoldenTrace.fullSteps)
    }

    private static func verify(
        _ model: Model, _ file: TensorFile, steps: Int
    ) throws(ModelFault) {
        let key = "golden_crc32_\(steps)"
        let expected = try file.number(key, in: 0...Int(UInt32.max))
        let found = try GoldenTrace.crc32(of: model, steps: steps)
        guard Int(found) == expected else {
            throw .goldenTraceDiffers(
                steps: steps, found: found, expected: UInt32(truncatingIfNeeded: expected))
        }
    }

    private static func model(from file: TensorFile) throws(ModelFault) -> Model {
        let inputs = try file.count(of: "features.source")
        let units = try file.count(of: "lstm.bias") / 4
        let outputs = try file.count(of: "output.bias")
        guard let shape = LSTMShape(inputs: inputs, units: units, outputs: outputs),
            outputs <= LearnedLaw.outputLimit
        else {
            throw .illegalValue(
                key: "shape", found: "\(inputs) inputs, \(units) units, \(outputs) outputs",
                allowed: "1...\(LSTMShape.inputLimit), 1...\(LSTMShape.unitLimit), "
                    + "1...\(LearnedLaw.outputLimit)")
        }
        let bits = try file.number("cell_fraction_bits", in: 15...30)
        guard let format = CellFormat(fractionBits: bits) else {
            throw .missing("cell_fraction_bits")
        }
        var model = Model(
            shape: shape, format: format,
            rows: try rows(file, "lstm", count: shape.rows, columns: shape.columns),
            outputRows: try rows(file, "output", count: outputs, columns: units),
            features: try features(file, count: inputs), law: try law(file),
            description: ModelDescription(
                origin: try file.text("origin"), family: try file.text("family"),
                periodSeconds: try period(file), certificate: try file.text("certificate")))
        model.scales = try scales(file, count: inputs)
        return model
    }

    private static func scales(
        _ file: TensorFile, count: Int
    ) throws(ModelFault) -> [FeatureScale] {
        guard try file.number("version", in: 2...3) == 3 else { return [] }
        let text = try file.text("feature_scales")
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
        let scales = names.compactMap { FeatureScale(rawValue: String($0)) }
        guard scales.count == count, names.count == count else {
            throw .illegalValue(
                key: "feature_scales", found: text,
                allowed: "one of \(FeatureScale.allCases.map(\.rawValue)) for each input")
        }
        return scales
    }

    private static func rows(
        _ file: TensorFile, _ name: String, count: Int, columns: Int
    ) throws(ModelFault) -> [QuantisedRow] {
        let weights = try file.tensor(name + ".weight", of: Int16.self, [count, columns])
        let biases = try file.tensor(name + ".bias", of: Int32.self, [count])
        let exponents = try file.tensor(name + ".exponent", of: Int8.self, [count])
        return (0..<count).map { row in
            QuantisedRow(
                weights: Array(weights[(row * columns)..<(row * columns + columns)]),
                bias: biases[row], exponent: exponents[row])
        }
    }

    private static func features(
        _ file: TensorFile, count: Int
    ) throws(ModelFault) -> [Feature] {
        let sources = try file.tensor("features.source", of: UInt8.self, [count])
        let mantissas = try file.tensor("features.mantissa", of: Int32.self, [count])
        let shifts = try file.tensor("features.shift", of: UInt8.self, [count])
        var features: [Feature] = []
        for index in 0..<count {
            guard let source = FeatureSource(rawValue: sources[index]) else {
                throw .illegalValue(
                    key: "features.source[\(index)]", found: "\(sources[index])",
                    allowed: "0...7")
            }
            let gain = try gain(mantissas[index], Int(shifts[index]), "features[\(index)]")
            features.append(Feature(source: source, gain: gain))
        }
        return features
    }

    private static func law(_ file: TensorFile) throws(ModelFault) -> LearnedLawParameters {
        let scale = try file.tensor("law.integral_scale", of: Int32.self, [2])
        let gates = try file.tensor("law.gates", of: UInt32.self, [2])
        let envelope = try file.tensor("law.envelope", of: Int32.self, [2])
        let setpoint = try file.tensor("law.setpoint", of: Int32.self, [3])
        for gate in gates where gate > 1 << 31 {
            throw .illegalValue(key: "law.gates", found: "\(gate)", allowed: "0...2147483648")
        }
        guard envelope[0] < envelope[1] else {
            throw .illegalValue(
                key: "law.envelope", found: "\(envelope)", allowed: "low below high")
        }
        guard setpoint[2] > 0 else {
            throw .illegalValue(
                key: "law.setpoint", found: "a reach of \(setpoint[2])", allowed: "above 0")
        }
        return LearnedLawParameters(
            integralScale: try gain(scale[0], Int(scale[1]), "law.integral_scale"),
            integralGate: Gate(clamping: Int64(gates[0])),
            trackingGate: Gate(clamping: Int64(gates[1])),
            setpointGain: try gain(setpoint[0], Int(setpoint[1]), "law.setpoint"),
            setpointReach: Q3_28(bits: setpoint[2]),
            envelopeLow: Q3_28(bits: envelope[0]), envelopeHigh: Q3_28(bits: envelope[1]))
    }

    private static func gain(
        _ mantissa: Int32, _ shift: Int, _ key: String
    ) throws(ModelFault) -> Gain {
        guard let gain = Gain(mantissa: mantissa, shift: shift) else {
            throw .illegalValue(
                key: key, found: "mantissa \(mantissa), shift \(shift)",
                allowed: "a shift of 17...62")
        }
        return gain
    }

    private static func period(_ file: TensorFile) throws(ModelFault) -> Double {
        let text = try file.text("period_s")
        guard let value = Double(text), value.isFinite, value > 0, value <= 3_600 else {
            throw .illegalValue(key: "period_s", found: text, allowed: "0 < period <= 3600")
        }
        return value
    }
}
