import Assembly
import Configuration
import Control
import FixedPoint
import Foundation
import ModelFile
import Testing

@Suite("Controllers and their models")
struct ControllersTests {
    /// The period of a model file is the file's own: 0.5 s unless told otherwise.
    static func model(periodSeconds: Double = 0.5) throws -> Model {
        try Model(pid: try Plain.parameters().pid, periodSeconds: periodSeconds)
    }

    /// A directory with a configuration and a model file beside it, gone after the body.
    private func withFiles(
        _ bytes: Data?, changes: [(String, String)] = [],
        _ body: (Settings, _ modelPath: String) throws -> Void
    ) throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("flyball-\(UUID().uuidString)")
        let models = directory.appendingPathComponent("models")
        try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let model = models.appendingPathComponent("a.safetensors")
        try bytes?.write(to: model)
        let text = try Plain.text([("\"from-pid\"", "\"models/a.safetensors\"")] + changes)
        let path = directory.appendingPathComponent("plain.toml").path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try body(try Configuration.load(path: path), model.path)
    }

    @Test("from-pid writes the weights down from the gains")
    func fromPID() throws {
        let controllers = try Controllers(try Plain.settings())
        #expect(controllers.instances.count == 1)
        let model = try #require(controllers.models[0])
        #expect(model == (try Self.model()))
        #expect(model.description.periodSeconds == 0.5)
    }

    @Test("a loop without a table [loop.learned] has no model")
    func withoutModel() throws {
        let settings = try Plain.settings([
            ("law = \"learned\"", "law = \"pid\""),
            ("[loop.learned]\nmodel = \"from-pid\"\n", ""),
        ])
        let controllers = try Controllers(settings)
        #expect(controllers.models == [nil])
        #expect(controllers.instances.count == 1)
    }

    @Test("a model file is found beside the configuration, wherever the program runs")
    func relativePath() throws {
        let model = try Self.model()
        try withFiles(try ModelWriter.bytes(of: model)) { settings, _ in
            let controllers = try Controllers(settings)
            #expect(controllers.models == [model])
        }
    }

    @Test("a missing model file is named with its path")
    func missing() throws {
        try withFiles(nil) { settings, modelPath in
            let error = Plain.refusal { () throws(AssemblyError) in
                _ = try Controllers(settings)
            }
            guard case .model(let path, .unreadable(let named, _)) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(URL(fileURLWithPath: path).path == URL(fileURLWithPath: modelPath).path)
            #expect(named == path)
        }
    }

    @Test("a model file with any byte changed is refused", arguments: 0..<16)
    func damaged(part: Int) throws {
        var bytes = try ModelWriter.bytes(of: try Self.model())
        let index = part * (bytes.count - 1) / 15
        bytes[index] ^= 0x01
        try withFiles(bytes) { settings, modelPath in
            let error = Plain.refusal { () throws(AssemblyError) in
                _ = try Controllers(settings)
            }
            guard case .model = error else {
                Issue.record("byte \(index): \(String(describing: error))")
                return
            }
            #expect(error?.description.contains("a.safetensors: ") == true)
        }
    }

    /// What is said about a model, and what is said of it when the configuration allows it.
    struct Objection: Sendable {
        let certificate: String
        /// Part of the words.
        let says: String
        var changes: [(String, String)] = []
    }

    static let objections = [
        Objection(certificate: "{}", says: "a model without a certificate"),
        Objection(certificate: "not JSON", says: "a model without a certificate"),
        Objection(
            certificate: #"{"failures":["sensitivity peak 2.5, limit 2.0"]}"#,
            says: "sensitivity peak 2.5, limit 2.0"),
        // The envelope of the sample, -1 ... 2 spans of 100 C, is narrowed to 0 ... 60 C.
        Objection(
            certificate: #"{"failures":[]}"#, says: "with a setpoint of 65.0",
            changes: [("setpoint = \"50 C\"", "setpoint = \"65 C\"")]),
    ]

    @Test(
        "a model that is not certified for its loop runs only where the configuration says so",
        arguments: objections)
    func uncertified(objection: Objection) throws {
        var model = try Self.model()
        model.description.certificate = objection.certificate
        model.law.envelopeLow = Q3_28(bits: Q3_28.one.bits / 5)
        model.law.envelopeHigh = Q3_28(bits: Q3_28.one.bits / 5 * 4)
        let bytes = try ModelWriter.bytes(of: model)
        try withFiles(bytes, changes: objection.changes) { settings, _ in
            let error = Plain.refusal { () throws(AssemblyError) in
                _ = try Controllers(settings)
            }
            let text = try #require(error?.description)
            #expect(text.contains(objection.says))
            #expect(text.contains("loop.learned.model") && text.contains("allow_uncertified"))
        }
        let allowed = ("a.safetensors\"", "a.safetensors\"\nallow_uncertified = true")
        try withFiles(bytes, changes: objection.changes + [allowed]) { settings, _ in
            let controllers = try Controllers(settings)
            #expect(controllers.warnings.count == 1)
            #expect(controllers.warnings[0].contains(objection.says))
        }
    }

    @Test("a law written down from gains needs no other certificate, also as a file")
    func constructed() throws {
        try withFiles(try ModelWriter.bytes(of: try Self.model())) { settings, _ in
            let controllers = try Controllers(settings)
            #expect(controllers.warnings.isEmpty)
        }
    }

    @Test("a loop that looks at its interlocks less than once a second says so", arguments: [1, 2])
    func slowInterlock(seconds: Int) throws {
        let interlock = "[[interlock]]\nname = \"estop\"\ndevice = \"lab\"\nmax_age_ms = 4000\n"
        let settings = try Plain.settings([
            ("max_age_ms = 1500", "max_age_ms = 5000"), ("max_age_ms = 1200", "max_age_ms = 5000"),
            ("[[loop]]", interlock + "[[loop]]\nperiod_ms = \(seconds)000"),
        ])
        let warnings = SlowInterlocks.warnings(settings)
        #expect(warnings.count == (seconds > 1 ? 1 : 0))
        #expect(warnings.allSatisfy { $0.contains("heater") && $0.contains("once in 2.0 s") })
    }

    @Test("a model for another sample time is refused at the place of its name")
    func wrongPeriod() throws {
        let bytes = try ModelWriter.bytes(of: try Self.model(periodSeconds: 1))
        try withFiles(bytes) { settings, _ in
            let error = Plain.refusal { () throws(AssemblyError) in
                _ = try Controllers(settings)
            }
            guard case .configuration(let refusal) = error, let problem = refusal.problems.first
            else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(problem.position == settings.loops[0].learned?.model.position)
            #expect(problem.key == "loop.learned.model")
            #expect(problem.found.contains("1.0 s"))
            #expect(problem.allowed.contains("500"))
        }
    }

    @Test("a filter on the measurement is refused for from-pid, at its place, and runs in a PID")
    func measurementFilter() throws {
        let change = ("ti_s = 20.0", "ti_s = 20.0\nfilter_s = 2.0")
        let settings = try Plain.settings([change])
        let error = Plain.refusal { () throws(AssemblyError) in _ = try Controllers(settings) }
        guard case .configuration(let refusal) = error, let problem = refusal.problems.first else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(problem.position == settings.loops[0].pid.filterPosition)
        #expect(problem.key == "loop.pid.filter_s" && problem.found.contains("2.0"))
        let alone = try Plain.settings([
            change, ("law = \"learned\"", "law = \"pid\""),
            ("[loop.learned]\nmodel = \"from-pid\"\n", ""),
        ])
        #expect(try Controllers(alone).models == [nil])
    }

    @Test("gains that no network can hold are refused at the place of kp")
    func tooLargeForNetwork() throws {
        let settings = try Plain.settings([
            ("4 %/C", "32000 %/C"), ("ti_s = 20.0", "ti_s = 0.9"),
        ])
        let error = Plain.refusal { () throws(AssemblyError) in _ = try Controllers(settings) }
        guard case .configuration(let refusal) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(refusal.problems.first?.position == settings.loops[0].pid.kpPosition)
    }
}
