import Foundation
import Testing

@Suite("A running daemon that is given another configuration, or is killed", .serialized)
struct ReloadToolTests {
    private func rewrite(_ daemon: RunningDaemon, _ changes: [(String, String)]) throws {
        var text = try Tool.text(daemon.config)
        for (part, replacement) in changes {
            #expect(text.contains(part))
            text = text.replacingOccurrences(of: part, with: replacement)
        }
        try Tool.write(text, to: daemon.config)
    }

    @Test("flyball reload says what has changed, or why nothing has, and the loop obeys")
    func reloads() throws {
        let daemon = try RunningDaemon()
        let config = daemon.config
        let same = try daemon.tool("reload", config)
        #expect(same.status == 0 && same.output == "reloaded (1): no key has changed\n")

        try rewrite(daemon, [("limit_high = \"90 C\"", "limit_high = \"80 C\"")])
        let taken = try daemon.tool("reload", config, "--json")
        #expect(taken.status == 0)
        let report = taken.json?["reload"] as? [String: Any]
        #expect(report?["changed_keys"] as? [String] == ["sensor.limit_high"])
        #expect(report?["revision"] as? Int == 2)
        // Checked against the limit that is in force by now.
        try daemon.wait { try daemon.tool("set", "heater", "85", "--config", config).status == 1 }

        try rewrite(daemon, [("limit_high = \"80 C\"", "limit_high = \"80 bar\"")])
        let socket = "\(daemon.directory)/s"
        let refused = try daemon.tool("reload", "--socket", socket)
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.error.contains("demo.toml:") && refused.error.contains("limit_high"))
        #expect(try daemon.loop["state"] as? String != "safe")

        try rewrite(
            daemon, [("\"80 bar\"", "\"80 C\""), ("name = \"demo\"", "name = \"other\"")])
        let restart = try daemon.tool("reload", config)
        #expect(restart.status == 1 && restart.error.contains("this needs a restart"))
        #expect(daemon.end() == 0)
        #expect(try daemon.log.contains("{\"request\":\"reload\"}"))
        let gone = try daemon.tool("reload", "--socket", socket)
        #expect(gone.status == 69)
    }

    @Test("the status has the timing since the start: percentiles, counts, shapes")
    func timing() throws {
        let daemon = try RunningDaemon()
        try daemon.wait {
            let timing = try daemon.tool("status", daemon.config, "--json").json?["timing"]
            return ((timing as? [String: Any])?["ticks"] as? Int ?? 0) >= 100
        }
        let json = try #require(try daemon.tool("status", daemon.config, "--json").json)
        let timing = try #require(json["timing"] as? [String: Any])
        for name in ["lateness", "step"] {
            let summary = try #require(timing[name] as? [String: Int])
            let values = ["min_ns", "p50_ns", "p99_ns", "p99_9_ns", "max_ns"].map {
                summary[$0] ?? -1
            }
            #expect(values == values.sorted() && (values.first ?? -1) >= 0)
            let buckets = try #require(timing["\(name)_histogram"] as? [[String: Int]])
            let count = buckets.reduce(0) { $0 + ($1["count"] ?? 0) }
            #expect(count == timing["ticks"] as? Int)
        }
        #expect(timing["page_faults"] as? [String: Int] != nil)
        #expect(timing["overruns"] as? Int != nil && timing["missed_periods"] as? Int != nil)
        // One loop's part is the whole step.
        let loop = try #require((json["loops"] as? [[String: Any]])?.first)
        let step = try #require(loop["step"] as? [String: Int])
        #expect(step["max_ns"] == (timing["step"] as? [String: Int])?["max_ns"])
        let text = try daemon.tool("status", daemon.config).output
        #expect(text.contains("since the start: ticks ") && text.contains("page faults "))
        #expect(text.contains("lateness") && text.contains("█"))
        #expect(daemon.end() == 0)
    }

    @Test("a safe level that the operator asked for outlives a kill that comes at once")
    func heldSafe() throws {
        let daemon = try RunningDaemon(
            [
                (
                    "[loop.pid]",
                    "[loop.resume]\npolicy = \"younger-than\"\nmax_age_s = 600\n[loop.pid]"
                )
            ],
            state: true)
        #expect(
            try daemon.tool("mode", "heater", "safe", "--config", daemon.config).status == 0)
        // Far below the 10 s between two checkpoints.
        let begin = Date()
        try daemon.wait { daemon.checkpoint.contains("\"held_safe\":true") }
        #expect(Date().timeIntervalSince(begin) < 5)
        daemon.signal(SIGKILL)
    }
}
