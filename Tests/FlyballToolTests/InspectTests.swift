import Foundation
import Testing

@Suite("flyball inspect")
struct InspectTests {
    private static let model = Repository.path("Tests/Golden/gated.safetensors")

    @Test("says what a model is, though it names no process")
    func withoutProcess() throws {
        let result = try Tool.run("inspect", Self.model, "--json")
        #expect(result.status == 0, "\(result.error)")
        #expect(result.error.contains("--family"))
        let json = try #require(result.json)
        #expect(json["outputs"] as? Int == 2)
        #expect(json["run"] == nil)
        #expect((json["sha256"] as? String)?.count == 64)
        #expect(try Tool.run("inspect", Self.model, "--plot", "x.svg").status == 1)
    }

    @Test("runs a PID that was written down: one unit passes on, one filters, none integrates")
    func constructed() throws {
        try Tool.withDirectory { directory in
            let config = "\(directory)/demo.toml"
            let demo = try Tool.text(Tool.demo).replacingOccurrences(
                of: "ti_s = 70.0", with: "ti_s = 70.0\ntd_s = 4.0")
            try Tool.write(demo, to: config)
            let model = "\(directory)/law.fly"
            #expect(try Tool.run("export", config, "-o", model).status == 0)
            let picture = "\(directory)/memory.svg"
            // The tank is sampled every second, as the demo is.
            let result = try Tool.run(
                "inspect", model, "--family", "tank", "--json", "--plot", picture)
            #expect(result.status == 0, "\(result.error)")
            let run = try #require(result.json?["run"] as? [String: Any])
            let units = try #require(run["units"] as? [[String: Any]])
            #expect(units.map { $0["role"] as? String } == ["fast", "fast"])
            let svg = try Tool.text(picture)
            #expect(svg.hasPrefix("<svg") && svg.contains("crispEdges"))
            let text = try Tool.run("inspect", model, "--family", "tank")
            #expect(text.output.contains("certificate  holds"))
            #expect(text.output.contains("integrators at rest"))
        }
    }

    @Test("of a law for processes of all kinds it says on how many the certificate holds")
    func processes() throws {
        let result = try Tool.run("inspect", Repository.path("models/generalist.fly"))
        #expect(result.status == 0)
        let pattern = /certificate  holds on [0-9]+ of 137 processes\n/
        #expect(try pattern.firstMatch(in: result.output) != nil, "\(result.output)")
    }

    @Test("what cannot be inspected ends with its status and reason")
    func refuses() throws {
        #expect(try Tool.run("inspect", Tool.demo).status == 65)
        #expect(try Tool.run("inspect", "/nowhere").status == 66)
        #expect(try Tool.run("inspect", Self.model, "--family", "none").status == 2)
        #expect(try Tool.run("inspect", Self.model, "--state", "x").status == 2)
        #expect(try Tool.run("inspect", Self.model, "--plot", Self.model).status == 2)
        let other = try Tool.run("inspect", Self.model, "--family", "motor")
        #expect(other.status == 1)
        #expect(other.error.contains("period"))
    }
}
