import Configuration
import Testing

@Suite("A configuration in the place of the one that runs")
struct ConfigurationChangesTests {
    private static func changes(
        _ pairs: [(String, String)]
    ) throws -> Result<ConfigurationChanges, ConfigurationError> {
        var text = Base.text
        for (part, replacement) in pairs {
            try #require(text.contains(part), "\(part)")
            text = text.replacing(part, with: replacement, maxReplacements: 1)
        }
        let (old, new) = (
            try parse(text: Base.text, path: "base.toml"), try parse(text: text, path: "base.toml")
        )
        do throws(ConfigurationError) {
            return .success(try ConfigurationChanges(from: old, to: new))
        } catch {
            return .failure(error)
        }
    }

    @Test("differs in nothing when only lines have moved")
    func moved() throws {
        let found = try Self.changes([("schema = 1", "# a line\n\nschema = 1")]).get()
        #expect(found.keys.isEmpty)
    }

    @Test(
        "may differ in what the loops can take over",
        arguments: [
            ("overrun = \"skip\"", "overrun = \"hold\"", "overrun"),
            ("limit_high = \"90 C\"", "limit_high = \"80 C\"", "sensor.limit_high"),
            ("max_rate = \"20 C/s\"", "max_rate = \"10 C/s\"", "sensor.max_rate"),
            ("max_age_ms = 5000", "max_age_ms = 4000", "sensor.max_age_ms"),
            (
                "[loop.pid]", "[loop.supervisor]\nbridge_ms = 1\n[loop.pid]",
                "loop.supervisor.bridge_ms"
            ),
            (
                "[loop.pid]", "[[loop.profile]]\nat_s = 800\nsetpoint = \"40 C\"\n[loop.pid]",
                "loop.profile"
            ),
        ])
    func free(_ part: String, _ replacement: String, _ key: String) throws {
        #expect(try Self.changes([(part, replacement)]).get().keys == [key])
    }

    @Test(
        "is refused with place and key where a restart is needed",
        arguments: [
            ("name = \"oven\"", "name = \"other\"", "name"),
            ("period_ms = 1000", "period_ms = 900", "period_ms"),
            ("priority = 50", "priority = 51", "realtime.priority"),
            ("Ta = 23.0", "Ta = 24.0", "simulation.parameters"),
            ("path = \"/dev/ttyACM0\"", "path = \"/dev/ttyACM7\"", "device.path"),
            ("range = [\"0 C\", \"120 C\"]", "range = [\"0 C\", \"119 C\"]", "sensor.range"),
            ("[loop.pid]", "[loop.resume]\npolicy = \"ask\"\n[loop.pid]", "loop.resume"),
        ])
    func refused(_ part: String, _ replacement: String, _ key: String) throws {
        guard case .failure(let error) = try Self.changes([(part, replacement)]) else {
            Issue.record("accepted")
            return
        }
        #expect(error.problems.contains { $0.key == key })
        #expect(error.description.hasPrefix("base.toml:"))
        #expect(error.description.contains("this needs a restart"))
    }

    @Test("is refused as a whole when one key of many needs a restart")
    func whole() throws {
        let found = try Self.changes([
            ("limit_high = \"90 C\"", "limit_high = \"80 C\""), ("priority = 50", "priority = 51"),
        ])
        guard case .failure = found else {
            Issue.record("accepted")
            return
        }
    }
}
