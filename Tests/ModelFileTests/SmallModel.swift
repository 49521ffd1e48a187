import Control
import FixedPoint
import Foundation
import GatedMemory
import ModelFile

/// Models and files for the tests.
enum SmallModel {
    /// The file of `pid()`, written once: a golden trace takes its time without optimisation.
    private static let written = Result { try ModelWriter.bytes(of: pid()) }

    static func content() throws -> Data {
        try written.get()
    }

    /// A PID as a network: 2 inputs, 2 units, 1 output.
    static func pid() throws -> Model {
        try Model(
            pid: PIDParameters(kp: 2, ki: 0.03, kd: 5, filter: 0.3, b: 0.8, tracking: 0.06),
            periodSeconds: 0.5)
    }

    /// A law whose network gates its integrator: 7 inputs, 5 units, 2 outputs, integral gain 0.02.
    static func gated() throws -> Model {
        var model = try random(seed: 3, inputs: 7, units: 5, outputs: 2)
        model.law.integralScale = Gain(0.5) ?? .zero
        model.law.integralGate = Gate(0.04)
        model.law.setpointGain = .zero
        return model
    }

    /// Random weights of any shape, every row within its proof.
    static func random(
        seed: UInt64, inputs: Int, units: Int, outputs: Int, fractionBits: Int = 27
    ) throws -> Model {
        var random = SplitMix64(seed: seed)
        var model = try pid()
        func rows(_ count: Int, _ columns: Int) -> [QuantisedRow] {
            (0..<count).compactMap { _ in
                QuantisedRow(
                    weights: (0..<columns).map { _ in Double(random.uniform(-1_000...1_000)) / 400
                    },
                    bias: Double(random.uniform(-1_000...1_000)) / 500)
            }
        }
        model.shape = LSTMShape(inputs: inputs, units: units, outputs: outputs) ?? model.shape
        model.format = CellFormat(fractionBits: fractionBits) ?? model.format
        model.rows = rows(4 * units, inputs + units)
        model.outputRows = rows(outputs, units)
        model.features = (0..<inputs).map { index in
            Feature(
                source: FeatureSource(rawValue: UInt8(index % 8)) ?? .error,
                gain: Gain(Double(random.uniform(-1_000...1_000)) / 100) ?? .zero)
        }
        model.description.origin = "random, seed \(seed)"
        model.description.certificate = #"{"text":"quotes \" and \\ and \u0000, é, 温度"}"#
        return model
    }
}

/// A file's parts, to be broken one at a time and put together again.
struct BrokenFile {
    var header: [String: Any]
    var payload: Data

    init(_ content: Data) throws {
        let length = content.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let json = try JSONSerialization.jsonObject(with: content.dropFirst(8).prefix(length))
        header = json as? [String: Any] ?? [:]
        payload = Data(content.dropFirst(8 + length))
    }

    var metadata: [String: Any] {
        get { header["__metadata__"] as? [String: Any] ?? [:] }
        set { header["__metadata__"] = newValue }
    }

    /// An entry of the header, as a dictionary.
    subscript(tensor: String) -> [String: Any] {
        get { header[tensor] as? [String: Any] ?? [:] }
        set { header[tensor] = newValue }
    }

    /// The file with a hash that fits it, so that only what was broken is wrong.
    func content(sealed: Bool = true) throws -> Data {
        let blank = String(repeating: "0", count: 64)
        var copy = self
        if sealed { copy.metadata["sha256"] = blank }
        let json = try JSONSerialization.data(
            withJSONObject: copy.header, options: [.sortedKeys, .withoutEscapingSlashes])
        var content = Self.framed(json, payload)
        if sealed, let range = content.range(of: Data(blank.utf8)) {
            content.replaceSubrange(range, with: Data(ModelWriter.sha256(of: content).utf8))
        }
        return content
    }

    /// A header of these bytes before this payload.
    static func framed(_ json: Data, _ payload: Data) -> Data {
        var content = Data()
        for byte in 0..<8 { content.append(UInt8(truncatingIfNeeded: json.count >> (8 * byte))) }
        return content + json + payload
    }

    /// Writes an integer over a tensor's first bytes.
    mutating func overwrite(_ tensor: String, at index: Int = 0, with bytes: [UInt8]) {
        let offsets = self[tensor]["data_offsets"] as? [Int] ?? [0, 0]
        let start = payload.startIndex + offsets[0] + index * bytes.count
        payload.replaceSubrange(start..<(start + bytes.count), with: bytes)
    }
}
