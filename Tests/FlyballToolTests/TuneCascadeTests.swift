import Foundation
import Testing

@Suite("flyball tune of a cascade")
struct TuneCascadeTests {
    /// The vessel without noise, quanta, events and profile: what is left is its equations.
    private static func quiet(_ outer: String, _ inner: String) throws -> String {
        var text = try Tool.text(Repository.path("configs/vessel.toml"))
        let events = try #require(text.range(of: "# Nearly twice the feed."))
        let devices = try #require(text.range(of: "[[device]]"))
        text.removeSubrange(events.lowerBound..<devices.lowerBound)
        for line in [
            "noise = \"0.05 C\"\n", "quantum = \"0.02 C\"\n",
            "[[loop.profile]]\nat_s = 3200\nsetpoint = \"55 C\"\n",
        ] {
            #expect(text.contains(line))
            text = text.replacing(line, with: "")
        }
        for (gains, others) in [
            ("kp = \"3.5 C/C\"\nti_s = 170.0", outer), ("kp = \"8 %/C\"\nti_s = 41.0", inner),
        ] {
            #expect(text.contains(gains))
            text = text.replacing(gains, with: others)
        }
        return text
    }

    private static func gains(_ row: [String: Any], factor: Double, unit: String) throws -> String {
        let kp = try #require(row["kp"] as? Double) * factor
        let ti = try #require(row["ti_s"] as? Double)
        return "kp = \"\(String(format: "%.4f", kp)) \(unit)\"\nti_s = \(ti)"
    }

    /// How much of the command's moves, of `loop`, come in the second half of a run.
    private static func laterShare(_ config: String, loop: String) throws -> Double {
        let moves = try [3_000, 6_000].map { seconds in
            let run = try Tool.run("simulate", config, "--duration-s", "\(seconds)", "--json")
            let loops = try #require(run.json?["loops"] as? [[String: Any]], "\(run.error)")
            let own = try #require(loops.first { $0["loop"] as? String == loop })
            return try #require(own["total_variation_output_unit"] as? Double)
        }
        return (moves[1] - moves[0]) / moves[0]
    }

    @Test("the margins of the loop inside are where its simulation begins to swing")
    func inner() throws {
        // A loop outside that moves no setpoint is as good as open.
        let idle = "kp = \"0.01 C/C\"\nti_s = 0.0"
        try compare("jacket", experiment: "relay", periodSeconds: 1, unit: "%/C") { own in
            try Self.quiet(idle, own)
        }
    }

    @Test("the margins of the loop outside, with a period of its own, are so, too")
    func outer() throws {
        try compare("vessel", experiment: "step", periodSeconds: 5, unit: "C/C") { own in
            try Self.quiet(own, "kp = \"8 %/C\"\nti_s = 41.0")
        }
    }

    private func compare(
        _ loop: String, experiment: String, periodSeconds: Double, unit: String,
        config write: (String) throws -> String
    ) throws {
        try Tool.withDirectory { directory in
            let config = "\(directory)/vessel.toml"
            try Tool.write(
                try Self.quiet(
                    "kp = \"3.5 C/C\"\nti_s = 170.0", "kp = \"8 %/C\"\nti_s = 41.0"), to: config)
            let tuned = try Tool.run(
                "tune", config, "--loop", loop, "--experiment", experiment, "--no-optimal",
                "--json", "--state", "\(directory)/gains.json")
            #expect(tuned.status == 0, "\(tuned.error)")
            #expect(tuned.json?["period_s"] as? Double == periodSeconds)
            let rules = try #require(tuned.json?["rules"] as? [[String: Any]])
            let row = try #require(rules.first { $0["rule"] as? String == "AMIGO PI" })
            let plant = try #require(row["plant"] as? [String: Any])
            #expect(plant["stable"] as? Bool == true)
            #expect(try #require(plant["ms"] as? Double) > 1)
            let margin = try #require(plant["gain_margin"] as? Double)
            // Farther from the edge than what a few dozen swings tell.
            for (factor, swings) in [(0.9, false), (1.1, true)] {
                let own = try Self.gains(row, factor: factor * margin, unit: unit)
                try Tool.write(try write(own), to: config)
                let share = try Self.laterShare(config, loop: loop)
                #expect(swings ? share > 0.5 : share < 0.1, "\(factor): \(share)")
            }
        }
    }

    @Test("an outer loop around one that is not stable has no margins, and the reason is said")
    func unstable() throws {
        try Tool.withDirectory { directory in
            let config = "\(directory)/vessel.toml"
            let text = try Self.quiet(
                "kp = \"3.5 C/C\"\nti_s = 170.0", "kp = \"400 %/C\"\nti_s = 41.0")
            try Tool.write(text, to: config)
            let result = try Tool.run(
                "tune", config, "--loop", "vessel", "--experiment", "relay", "--no-optimal",
                "--json", "--state", "\(directory)/gains.json")
            let reason = "loop \"jacket\", which loop \"vessel\" commands, is not stable"
            #expect(result.error.contains(reason), "\(result.error)")
        }
    }
}
