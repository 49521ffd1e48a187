package import Configuration
import FoundationEssentials
package import ModelFile
package import Telemetry

extension RunDescription {
    /// What a record says of a run of this configuration.
    ///
    /// It carries the configuration and every model whole, so that a replay needs nothing but the
    /// file.
    ///
    /// - Parameter resumed: what each loop took over from an earlier run; empty when none did.
    package init(
        _ settings: Settings, models: [Model?], runIdentifier: String,
        startUnixNanoseconds: UInt64, startClockNanoseconds: UInt64,
        resumed: [LoopResume?] = [], details: [String: String] = [:]
    ) throws(ModelFault) {
        var attachments: [RecordAttachment] = []
        var loops: [LoopDescription] = []
        for (index, loop) in settings.loops.enumerated() {
            var hash = ""
            if let model = models[index] {
                let bytes = try ModelWriter.bytes(of: model)
                // `model.hash` would write the model again, 10,000 steps of its golden trace included.
                hash = ModelWriter.storedHash(in: bytes) ?? ""
                attachments.append(
                    RecordAttachment(
                        name: Self.modelName(loop: index), mediaType: "application/octet-stream",
                        bytes: [UInt8](bytes)))
            }
            loops.append(
                LoopDescription(
                    name: loop.name,
                    sensorUnit: settings.sensors[loop.sensor.index].unit.symbol,
                    outputUnit: settings.output(ofLoop: index).unit.symbol,
                    modelHash: hash))
        }
        for (index, resume) in resumed.enumerated() {
            guard let resume else { continue }
            attachments.append(
                RecordAttachment(
                    name: Self.resumeName(loop: index), mediaType: "application/json",
                    bytes: resume.bytes))
        }
        self.init(
            name: settings.name, runIdentifier: runIdentifier,
            startUnixNanoseconds: startUnixNanoseconds,
            startClockNanoseconds: startClockNanoseconds,
            periodNanoseconds: UInt64(settings.periodMilliseconds) * 1_000_000,
            every: UInt32(clamping: settings.record?.every ?? 1), loops: loops,
            configuration: settings.text, attachments: attachments, details: details)
    }

    /// Becomes what the record says from a reload on; the run stays the same one.
    package mutating func revise(
        _ settings: Settings, models: [Model?], number: UInt32
    ) throws(ModelFault) {
        var details = details
        details[Self.revisionKey] = "\(number)"
        self = try RunDescription(
            settings, models: models, runIdentifier: runIdentifier,
            startUnixNanoseconds: startUnixNanoseconds,
            startClockNanoseconds: startClockNanoseconds, details: details)
    }

    /// How often the configuration was reloaded before these ticks.
    package var revision: String { details[Self.revisionKey] ?? "0" }

    private static var revisionKey: String { "revision" }

    /// The models that the record carries, one for each loop of its configuration.
    package func models() throws(ModelFault) -> [Model?] {
        var models: [Model?] = []
        for (index, loop) in loops.enumerated() {
            let name = Self.modelName(loop: index)
            guard let attachment = attachments.first(where: { $0.name == name }) else {
                guard loop.modelHash.isEmpty else { throw .missing("attachment \(name)") }
                models.append(nil)
                continue
            }
            let model = try ModelReader.parse(Data(attachment.bytes))
            guard model.hash == loop.modelHash else {
                throw .hashDiffers(found: model.hash, expected: loop.modelHash)
            }
            models.append(model)
        }
        return models
    }

    /// What loop `index` took over from an earlier run.
    ///
    /// - Returns: nothing when it began anew.
    package func resume(loop index: Int) throws(CheckpointFault) -> LoopResume? {
        let name = Self.resumeName(loop: index)
        guard let attachment = attachments.first(where: { $0.name == name }) else { return nil }
        guard let resume = LoopResume(attachment.bytes) else {
            throw CheckpointFault("attachment \(name): damaged")
        }
        return resume
    }

    private static func resumeName(loop index: Int) -> String {
        "resume-\(index).json"
    }

    private static func modelName(loop index: Int) -> String {
        "model-\(index).safetensors"
    }
}
