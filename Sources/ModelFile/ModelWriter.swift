import CMessageDigest
import Control
import FixedPoint
package import FoundationEssentials
import GatedMemory

/// Writes a model as a safetensors file: integers as tensors, everything else in the metadata.
///
/// The bytes depend on the model alone. Layout: 8 bytes of header length, the JSON header padded
/// with spaces to a multiple of 8, the tensors in the order of the header
/// (github.com/huggingface/safetensors, "Format").
package enum ModelWriter {
    /// The file's bytes, which have been read back: a model that no reader accepts is not written.
    package static func bytes(of model: Model) throws(ModelFault) -> Data {
        var content = try unsealed(model)
        seal(&content)
        _ = try ModelReader.parse(content)
        return content
    }

    /// Writes the file; it appears whole or not at all.
    package static func write(_ model: Model, to path: String) throws(ModelFault) {
        try RegularFile.write(try bytes(of: model), to: path)
    }

    static func hash(of model: Model) -> String {
        guard let content = try? bytes(of: model) else { return "" }
        return storedHash(in: content) ?? ""
    }

    // MARK: The seal

    /// Where the hash stands in the header: it is computed with this in its place.
    static let blankHash = String(repeating: "0", count: 64)
    static let hashKey = Data(#""sha256":""#.utf8)

    private static func seal(_ content: inout Data) {
        guard let range = hashRange(in: content) else { return }
        content.replaceSubrange(range, with: Data(sha256(of: content).utf8))
    }

    /// The hash that stands in a file's bytes.
    package static func storedHash(in content: Data) -> String? {
        hashRange(in: content).map { String(decoding: content[$0], as: UTF8.self) }
    }

    /// SHA-256 of the file with its own hash blanked, in hexadecimal.
    static func expectedHash(of content: Data) -> String? {
        guard let range = hashRange(in: content) else { return nil }
        var blanked = content
        blanked.replaceSubrange(range, with: Data(blankHash.utf8))
        return sha256(of: blanked)
    }

    private static func hashRange(in content: Data) -> Range<Data.Index>? {
        // Behind the header are tensors.
        let header = content.prefix(8 + ModelReader.headerLimit)
        guard let key = header.firstRange(of: hashKey),
            content.endIndex - key.upperBound >= blankHash.utf8.count
        else { return nil }
        return key.upperBound..<(key.upperBound + blankHash.utf8.count)
    }

    /// SHA-256 in hexadecimal.
    package static func sha256(of content: Data) -> String {
        var state = SHA2_CTX()
        unsafe SHA256Init(&state)
        unsafe content.withUnsafeBytes { bytes in
            if let base = unsafe bytes.bindMemory(to: UInt8.self).baseAddress {
                unsafe SHA256Update(&state, base, bytes.count)
            }
        }
        var digest = [UInt8](repeating: 0, count: 32)
        unsafe SHA256Final(&digest, &state)
        return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    // MARK: The content

    private static func unsealed(_ model: Model) throws(ModelFault) -> Data {
        var tensors = TensorList()
        append(model, to: &tensors)
        let metadata = try metadata(of: model)
        let header = "{\"__metadata__\":" + object(metadata) + "," + tensors.entries + "}"
        let padding = String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        let padded = Data((header + padding).utf8)
        var content = Data()
        content.append(littleEndian: UInt64(padded.count))
        content.append(padded)
        content.append(tensors.payload)
        return content
    }

    private static func append(_ model: Model, to tensors: inout TensorList) {
        let shape = model.shape
        // The widest elements first: every tensor stays aligned.
        tensors.add("lstm.bias", model.rows.map(\.bias), [shape.rows])
        tensors.add("output.bias", model.outputRows.map(\.bias), [shape.outputs])
        tensors.add("features.mantissa", model.features.map(\.gain.mantissa), [shape.inputs])
        let law = model.law
        tensors.add(
            "law.integral_scale",
            [law.integralScale.mantissa, Int32(law.integralScale.shift)], [2])
        tensors.add(
            "law.setpoint",
            [
                law.setpointGain.mantissa, Int32(law.setpointGain.shift),
                law.setpointReach.bits,
            ], [3])
        tensors.add("law.envelope", [law.envelopeLow.bits, law.envelopeHigh.bits], [2])
        tensors.add("law.gates", [law.integralGate.bits, law.trackingGate.bits], [2])
        tensors.add(
            "lstm.weight", model.rows.flatMap(\.weights), [shape.rows, shape.columns])
        tensors.add(
            "output.weight", model.outputRows.flatMap(\.weights),
            [shape.outputs, shape.units])
        tensors.add("lstm.exponent", model.rows.map(\.exponent), [shape.rows])
        tensors.add("output.exponent", model.outputRows.map(\.exponent), [shape.outputs])
        tensors.add("features.shift", model.features.map(\.gain.shift), [shape.inputs])
        tensors.add("features.source", model.features.map(\.source.rawValue), [shape.inputs])
    }

    private static func metadata(of model: Model) throws(ModelFault) -> [(String, String)] {
        let prefix = try GoldenTrace.crc32(of: model, steps: GoldenTrace.prefixSteps)
        let full = try GoldenTrace.crc32(of: model, steps: GoldenTrace.fullSteps)
        let pairs = [
            ("format", "flyball-model"),
            ("version", model.isConditional ? "3" : "2"),
            ("sha256", blankHash),
            ("cell_fraction_bits", String(model.format.fractionBits)),
            ("golden_crc32_\(GoldenTrace.prefixSteps)", String(prefix)),
            ("golden_crc32_\(GoldenTrace.fullSteps)", String(full)),
            ("gate_order", "input,forget,output,candidate"),
            ("origin", model.description.origin),
            ("family", model.description.family),
            ("period_s", String(model.description.periodSeconds)),
            ("certificate", model.description.certificate),
        ]
        guard model.isConditional else { return pairs }
        let scales = model.scales.map(\.rawValue).joined(separator: ",")
        return pairs + [("feature_scales", scales)]
    }

    private static func object(_ pairs: [(String, String)]) -> String {
        "{" + pairs.map { quoted($0.0) + ":" + quoted($0.1) }.joined(separator: ",") + "}"
    }

    /// A JSON string; only what must be escaped is.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

/// Tensors in file order: their header entries and their bytes.
private struct TensorList {
    private var parts: [String] = []
    private(set) var payload = Data()

    var entries: String { parts.joined(separator: ",") }

    mutating func add<Element: FixedWidthInteger>(
        _ name: String, _ values: [Element], _ shape: [Int]
    ) {
        let begin = payload.count
        for value in values {
            payload.append(littleEndian: value)
        }
        let type = (Element.isSigned ? "I" : "U") + String(Element.bitWidth)
        let dimensions = shape.map(String.init).joined(separator: ",")
        parts.append(
            ModelWriter.quoted(name) + #":{"dtype":"\#(type)","shape":[\#(dimensions)],"#
                + #""data_offsets":[\#(begin),\#(payload.count)]}"#)
    }
}

extension Data {
    mutating func append<Element: FixedWidthInteger>(littleEndian value: Element) {
        for byte in 0..<(Element.bitWidth / 8) {
            append(UInt8(truncatingIfNeeded: value >> (8 * byte)))
        }
    }
}
