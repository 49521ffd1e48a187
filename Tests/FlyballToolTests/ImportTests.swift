import Foundation
import Testing

/// What ends before a law is scored; the way to the certificate is that of `flyball train`.
@Suite("flyball import")
struct ImportTests {
    private static let settings = """
        schema = 1

        [weights]
        layout = "pytorch"

        [law]
        sample_time_s = 0.2
        integral_gain = 0.03
        tracking_gain = 0.1
        features = [
            { source = "error", gain = 4 },
            { source = "measurement_change", gain = 15.0 },
            { source = "measurement", gain = 1 },
            { source = "command", gain = 1 },
        ]

        [process]
        family = "lag4"

        """
    private static let weights = Repository.path("Tests/Golden/imports/pytorch.safetensors")

    private func run(
        _ directory: String, weights: String = Self.weights, settings: String = Self.settings
    ) throws -> Tool.Result {
        try Tool.write(settings, to: "\(directory)/law.toml")
        return try Tool.run(
            "import", weights, "--config", "\(directory)/law.toml", "--output",
            "\(directory)/law.fly")
    }

    @Test("settings that are wrong end with 78, the place, what was found and what is allowed")
    func settings() throws {
        let changes: [(String, String, [String])] = [
            ("layout = \"pytorch\"", "layout = \"pytroch\"", ["4:10", "pytroch", "\"pytorch\""]),
            ("layout = \"pytorch\"", "", ["weights.layout", "missing"]),
            (
                "layout = \"pytorch\"", "layout = \"pytorch\"\ngate_order = \"ifgx\"",
                ["gate_order", "ifgx", "any order of"]
            ),
            ("integral_gain = 0.03", "integral_gian = 0.03", ["integral_gian", "integral_gain"]),
            ("integral_gain = 0.03", "integral_gain = 0", ["integral_gain", "the integer 0"]),
            ("integral_gain = 0.03", "integral_gain = nan", ["integral_gain", "nan"]),
            ("tracking_gain = 0.1", "tracking_gain = 1.0", ["tracking_gain", "to 0.999999"]),
            ("\"error\"", "\"eror\"", ["eror", "\"error\""]),
            ("gain = 4 }", "gain = 0 }", [":11:", "features.gain", "another number than 0"]),
            ("gain = 4 }", "gain = 4, unit = 1 }", [":11:", "features.unit", "unknown key"]),
            ("schema = 1", "schema = 2", ["schema", "from 1 to 1"]),
            ("family = \"lag4\"", "family = \"lag44\"", ["lag44", "\"lag4\""]),
            ("family = \"lag4\"", "", ["process", "family"]),
            ("family = \"lag4\"", "family = \"lag4\"\nstate = \"x\"", ["process", "one process"]),
            ("sample_time_s = 0.2", "sample_time_s = 1", ["sample_time_s", "0.2"]),
            ("schema = 1", "schema = ", ["1:"]),
        ]
        try Tool.withDirectory { directory in
            for (from, to, words) in changes {
                let text = Self.settings.replacingOccurrences(of: from, with: to)
                let result = try run(directory, settings: text)
                #expect(result.status == 78, "\(to): \(result.error)")
                for word in words { #expect(result.error.contains(word), "\(result.error)") }
            }
            #expect(!FileManager.default.fileExists(atPath: "\(directory)/law.fly"))
        }
    }

    @Test("weights that are foreign, damaged or of another shape end with 65")
    func weights() throws {
        try Tool.withDirectory { directory in
            let path = "\(directory)/bad.safetensors"
            let whole = try Data(contentsOf: URL(fileURLWithPath: Self.weights))
            let hostile = Data([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]) + whole
            for content in [Data(), Data("PK".utf8), whole.dropLast(), hostile, whole + Data([0])] {
                try content.write(to: URL(fileURLWithPath: path))
                let result = try run(directory, weights: path)
                #expect(result.status == 65, "\(result.error)")
                #expect(result.error.contains(path))
            }
            let fewer = Self.settings.replacingOccurrences(
                of: "    { source = \"command\", gain = 1 },\n", with: "")
            let shape = try run(directory, settings: fewer)
            #expect(shape.status == 65)
            #expect(shape.error.contains("[12, 4]") && shape.error.contains("[12, 3]"))
            let model = Repository.path("Tests/Golden/gated.safetensors")
            let foreign = try run(directory, weights: model)
            #expect(foreign.status == 65)
            #expect(foreign.error.contains("weight_ih") && foreign.error.contains("lstm.weight"))
        }
    }

    @Test("what is absent ends with 66, and an input is never written over")
    func paths() throws {
        try Tool.withDirectory { (directory: String) throws in
            #expect(try run(directory, weights: "\(directory)/none").status == 66)
            let config = "\(directory)/law.toml"
            #expect(
                try Tool.run("import", Self.weights, "--config", "\(directory)/no", "-o", "x")
                    .status == 66)
            #expect(
                try Tool.run("import", Self.weights, "--config", config, "-o", config).status == 2)
            #expect(try Tool.run("import", Self.weights).status == 2)
        }
    }
}
