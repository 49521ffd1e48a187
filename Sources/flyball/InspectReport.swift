import Control
import Episodes
import GatedMemory
import ModelFile
import Pictures
import Training

/// What is said of a model: as one JSON object, and as text.
struct InspectReport: Encodable {
    let origin: String
    let family: String
    let inputs: [String]
    let units: Int
    let outputs: Int
    let cellFractionBits: Int
    let periodSeconds: Double
    let envelope: [Double]
    let integralGain: Double
    let trackingGain: Double
    /// What the certificate says, in words.
    let certificate: String
    let certified: Bool
    let failures: [String]
    let sha256: String
    /// Absent where no process is known.
    var run: InspectRun?

    enum CodingKeys: String, CodingKey {
        case origin, family, inputs, units, outputs, envelope, certificate, certified, failures
        case sha256, run
        case cellFractionBits = "cell_fraction_bits"
        case periodSeconds = "period_s"
        case integralGain = "integral_gain"
        case trackingGain = "tracking_gain"
    }

    init(_ model: Model) {
        origin = model.description.origin
        family = model.description.family
        inputs = model.features.map { feature in
            "\(feature.source.name) x \(NumberText.significant(feature.gain.doubleValue))"
        }
        units = model.shape.units
        outputs = model.shape.outputs
        cellFractionBits = model.format.fractionBits
        periodSeconds = model.description.periodSeconds
        let law = model.law
        envelope = [law.envelopeLow.doubleValue, law.envelopeHigh.doubleValue]
        // Where a second output gates the integrator, half open is the usual gain.
        let gated = model.shape.outputs == 2 ? 0.5 : 1
        integralGain = gated * law.integralScale.doubleValue * law.integralGate.doubleValue
        trackingGain = law.trackingGate.doubleValue
        sha256 = model.hash
        switch model.description.verdict {
        case .holds: (certificate, certified, failures) = ("holds", true, [])
        case .absent:
            let text = ProcessCertificate(json: model.description.certificate)?.summary
            (certificate, certified, failures) = (text ?? "no certificate", false, [])
        case .fails(let found):
            (certificate, certified, failures) = (found.joined(separator: "; "), false, found)
        }
    }

    func text() -> String {
        func number(_ value: Double) -> String { NumberText.significant(value) }
        var lines = [
            "origin       \(origin)",
            "family       \(family)",
            "network      \(inputs.count) inputs, \(units) units, \(outputs) outputs; weights of "
                + "16 bits, cells Q\(31 - cellFractionBits).\(cellFractionBits)",
            "inputs       \(inputs.joined(separator: ", "))",
            "period       \(number(periodSeconds)) s",
            "envelope     \(number(envelope[0])) to \(number(envelope[1])) of the span",
            "integrator   gain \(number(integralGain)) a sample, tracking \(number(trackingGain)); "
                + "its forget gate is exactly 1",
            "certificate  \(certificate)",
            "SHA-256      \(sha256)",
        ]
        if let run { lines.append("\n" + run.text()) }
        return lines.joined(separator: "\n") + "\n"
    }
}
