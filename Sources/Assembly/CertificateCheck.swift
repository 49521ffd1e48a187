import Configuration
import Control
import FixedPoint
import ModelFile

/// Whether a model's certificate holds for the loop that is to run it.
///
/// A law that was not certified, or that is asked for setpoints beyond what it was made for, is
/// refused, unless the configuration allows it in so many words.
struct CertificateCheck {
    private let settings: Settings
    private let loop: LoopSettings
    /// Of the loop that commands this one's setpoint.
    private let commands: CascadeSettings?

    init(_ settings: Settings, loop index: Int) {
        self.settings = settings
        loop = settings.loops[index]
        commands = settings.outer(ofLoop: index).flatMap { settings.loops[$0].cascade }
    }

    /// What is wrong and was allowed; throws when it was not.
    func warnings(_ model: Model) throws(AssemblyError) -> [String] {
        guard let learned = loop.learned else { return [] }
        let found = objections(model)
        if let first = found.first, !learned.allowsUncertified {
            throw .configuration(
                settings.error(
                    at: learned.model.position, key: "loop.learned.model", found: first,
                    allowed: "a certified model, or allow_uncertified = true"))
        }
        return found.map { "loop \"\(loop.name)\": \($0); allow_uncertified lets it run" }
    }

    private func objections(_ model: Model) -> [String] {
        var result: [String] = []
        switch model.description.verdict {
        case .holds: break
        case .absent: result.append("a model without a certificate")
        case .fails(let failures):
            result.append(
                "a model that did not keep its limits: \(failures.joined(separator: "; "))")
        }
        let sensor = settings.sensors[loop.sensor.index]
        let envelope = Self.envelope(of: model, sensor)
        let commanded = commands.map { [$0.low, $0.high] } ?? []
        let setpoints = [loop.setpoint] + loop.profile.map(\.setpoint) + commanded
        for setpoint in setpoints where !envelope.contains(setpoint) {
            result.append(
                "a model made for \(envelope.lowerBound) to \(envelope.upperBound) "
                    + "\(sensor.unit.symbol), with a setpoint of \(setpoint)")
            break
        }
        return result
    }

    /// The setpoints that a model was made for, in the sensor's unit.
    static func envelope(of model: Model, _ sensor: SensorSettings) -> ClosedRange<Double> {
        let span = sensor.high - sensor.low
        let low = sensor.low + span * model.law.envelopeLow.doubleValue
        // A file is proved to have them in order; a range must not be where they are not.
        return low...max(low, sensor.low + span * model.law.envelopeHigh.doubleValue)
    }
}
