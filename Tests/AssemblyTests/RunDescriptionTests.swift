import Assembly
import Configuration
import ModelFile
import Telemetry
import Testing

@Suite("What a record says of its run")
struct RunDescriptionTests {
    private func description(_ settings: Settings) throws -> (RunDescription, [Model?]) {
        let models = try Controllers(settings).models
        let description = try RunDescription(
            settings, models: models, runIdentifier: "1f", startUnixNanoseconds: 7,
            startClockNanoseconds: 8, details: ["seed": "5"])
        return (description, models)
    }

    @Test("it carries the configuration, its units and its models, and gives the models back")
    func roundTrip() throws {
        let settings = try Configuration.load(
            path: Repository.path("configs/quadruple-tank.toml"))
        let (description, models) = try description(settings)
        #expect(description.configuration == settings.text)
        #expect(description.name == "quadruple-tank")
        #expect(description.periodNanoseconds == 1_000_000_000)
        #expect(description.every == 1)
        #expect(description.details == ["seed": "5"])
        #expect(description.loops.map(\.name) == ["left", "right"])
        #expect(description.loops.map(\.sensorUnit) == ["cm", "cm"])
        #expect(description.loops.map(\.outputUnit) == ["V", "V"])
        #expect(description.loops[0].modelHash == models[0]?.hash)
        #expect(description.loops[1].modelHash.isEmpty)
        #expect(description.attachments.map(\.name) == ["model-0.safetensors"])
        #expect(try description.models() == models)
    }

    @Test("decimation is written down")
    func decimation() throws {
        let settings = try Plain.settings([("[[device]]", "[record]\nevery = 10\n[[device]]")])
        #expect(try description(settings).0.every == 10)
    }

    @Test("a model that is missing, damaged or another one is a fault")
    func wrongModels() throws {
        let (good, _) = try description(try Plain.settings())
        var missing = good
        missing.attachments = []
        #expect(throws: ModelFault.missing("attachment model-0.safetensors")) {
            try missing.models()
        }
        var damaged = good
        damaged.attachments[0].bytes[200] ^= 1
        #expect(throws: ModelFault.self) { try damaged.models() }
        // A sound model, but not the one that the record says it ran.
        var other = good
        other.attachments = try description(try Plain.settings([("4 %/C", "5 %/C")])).0.attachments
        #expect(throws: ModelFault.self) { try other.models() }
    }
}
