import Control
import FixedPoint
import Foundation
import GatedMemory
import ModelFile
import Testing

@Suite("A model file")
struct RoundTripTests {
    struct Shape: Sendable {
        let inputs: Int
        let units: Int
        let outputs: Int
        let fractionBits: Int
    }

    @Test(
        "reads back as the model that was written",
        arguments: [
            Shape(inputs: 1, units: 1, outputs: 1, fractionBits: 15),
            Shape(inputs: 8, units: 5, outputs: 2, fractionBits: 30),
            Shape(inputs: 16, units: 12, outputs: 2, fractionBits: 27),
        ])
    func roundTrip(_ shape: Shape) throws {
        let model = try SmallModel.random(
            seed: 11, inputs: shape.inputs, units: shape.units, outputs: shape.outputs,
            fractionBits: shape.fractionBits)
        let content = try ModelWriter.bytes(of: model)
        let read = try ModelReader.parse(content)
        #expect(read == model)
        #expect(read.hash == model.hash && model.hash.count == 64)
    }

    @Test("has the same bytes each time, and other bytes for another model")
    func deterministic() throws {
        let model = try SmallModel.pid()
        let content = try SmallModel.content()
        #expect(try ModelWriter.bytes(of: model) == content)
        var other = model
        other.law.trackingGate = Gate(0.5)
        #expect(try ModelWriter.bytes(of: other) != content)
        #expect(other.hash != model.hash)
    }

    @Test("with more outputs than a law has is refused, on disk and in memory", arguments: 3...4)
    func tooManyOutputs(outputs: Int) throws {
        let model = try SmallModel.random(seed: 11, inputs: 2, units: 2, outputs: outputs)
        #expect(throws: ModelFault.self) { try ModelWriter.bytes(of: model) }
        #expect(
            throws: ModelFault.illegalValue(
                key: "shape", found: "\(outputs) outputs", allowed: "1...2")
        ) { try ControllerInstance(parameters: LawBench.parameters(), model: model) }
    }

    @Test("of two outputs is the one that the second implementation reads")
    func storedGated() throws {
        let stored = try Data(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().appendingPathComponent("Golden/gated.safetensors"))
        #expect(try ModelWriter.bytes(of: SmallModel.gated()) == stored)
    }

    @Test("goes to disk and comes back, and replaces what was there")
    func disk() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("flyball-model-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("law.safetensors").path
        let model = try SmallModel.pid()
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        try ModelWriter.write(model, to: path)
        #expect(try ModelReader.read(path: path) == model)
        #expect(throws: ModelFault.self) {
            try ModelWriter.write(model, to: folder.path + "/none/law.safetensors")
        }
    }

    @Test("passes its whole golden trace")
    func fullTrace() throws {
        try ModelReader.verifyFullTrace(SmallModel.content())
    }

    @Test("knows the hashes of the standard")
    func sha256() {
        // FIPS 180-2, appendix B, and the empty message.
        #expect(
            ModelWriter.sha256(of: Data("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            ModelWriter.sha256(of: Data())
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("is not written of a model that could not be read back")
    func unreadable() throws {
        var mismatched = try SmallModel.pid()
        mismatched.features.removeLast()
        var timeless = try SmallModel.pid()
        timeless.description.periodSeconds = .nan
        var boundless = try SmallModel.pid()
        boundless.law.envelopeHigh = boundless.law.envelopeLow
        var endless = try SmallModel.pid()
        endless.description.certificate = String(repeating: "x", count: 5 << 20)
        for model in [mismatched, timeless, boundless, endless] {
            #expect(throws: ModelFault.self) { try ModelWriter.bytes(of: model) }
        }
    }

    @Test("a model runs in a controller's own block, and a broken one does not")
    func instance() throws {
        var model = try SmallModel.pid()
        let bench = try LawBench(PIDParameters(kp: 1))
        #expect(bench.update(0.6, 0.5).0 > 0)
        model.features.append(model.features[0])
        #expect(
            throws: ModelFault.wrongShape(
                tensor: "features.source", found: [3], expected: [2])
        ) { try ControllerInstance(parameters: LawBench.parameters(), model: model) }
    }
}
