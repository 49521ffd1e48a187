package import Configuration
import FoundationEssentials
package import ModelFile
package import Telemetry

extension RunDescription {
    /// What a record says of a run of this configuration.
    ///
    /// It carries the configuration and every model whole, so that a replay needs nothing but the
    /// file.
    package init(
        _ settings: Settings, models: [Model?], runIdentifier: String,
        startUnixNanoseconds: UInt64, startClockNanoseconds: UInt64,
        details: [String: String] = [:]
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
                    outputUnit: settings.actuators[loop.actuator.index].unit.symbol,
                    modelHash: hash))
        }
        self.init(
            name: settings.name, runIdentifier: runIdentifier,
            startUnixNanoseconds: startUnixNanoseconds,
            startClockNanoseconds: startClockNanoseconds,
            periodNanoseconds: UInt64(settings.periodMilliseconds) * 1_000_000,
            every: UInt32(clamping: settings.record?.every ?? 1), loops: loops,
            configuration: settings.text, attachments: attachments, details: details)
    }

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

    private static func modelName(loop index: Int) -> String {
        "model-\(index).safetensors"
    }
}
