import Foundation
import Testing

@Suite("The figures of the rules, as flyball check prints them")
struct CheckedRulesTests {
    private static let vessel = Repository.path("configs/vessel.toml")

    @Test("what follows from the process is printed, with its units")
    func text() throws {
        let result = try Tool.run("check", Self.vessel)
        #expect(result.status == 0)
        let line =
            "unresponsive: at 82.75 C or more it must move by 1.568 C within 190.0 s "
            + "(from [loop.process])"
        #expect(result.output.contains(line), "\(result.output)")
        #expect(result.output.contains("jacket (setpoint)"))
    }

    @Test(
        "what is stated is said to be, and a state file of flyball tune beside it changes nothing")
    func stated() throws {
        try Tool.withDirectory { directory in
            let config = "\(directory)/vessel.toml"
            let table = "[loop.unresponsive]\n"
            let text = try Tool.text(Self.vessel) + "\n[record]\ndirectory = \"records\"\n"
            func line(_ keys: String) throws -> String {
                try Tool.write(text.replacing(table, with: table + keys), to: config)
                let result = try Tool.run("check", config)
                #expect(result.status == 0, "\(result.error)")
                return try #require(
                    result.output.split(separator: "\n").first { $0.contains("unresponsive:") }
                        .map { String($0) })
            }
            let before = try line("")
            #expect(
                try line("change = \"1 C\"\n").hasSuffix("(command and time_s from [loop.process])")
            )
            let all = "command = \"80 C\"\ntime_s = 60\nchange = \"1 C\"\n"
            #expect(try line(all).hasSuffix("within 60.00 s (stated)"))
            try Tool.write(
                """
                {"loop": "vessel", "kp": 1, "kp_unit": "C/C", "process": {"gain": 9, "lags_s": [1],
                "dead_time_s": 0, "integrating": false, "output_at_rest": 0}}
                """, to: "\(directory)/vessel-vessel.tuned.json")
            #expect(try line("") == before)
        }
    }

    @Test("as JSON it has all digits, and null where a rule is off")
    func json() throws {
        let json = try #require(try Tool.run("check", Self.vessel, "--json").json)
        let loops = try #require(json["loops"] as? [[String: Any]])
        let rules = try #require(loops.first?["rules"] as? [String: Any])
        let rule = try #require(rules["unresponsive"] as? [String: Any])
        #expect(rule["command"] as? Double == 82.747)
        #expect(rule["time_s"] as? Double == 190 && rule["change"] as? Double == 1.568)
        #expect(rule["from_process"] as? [String] == ["command", "time_s", "change"])
        #expect(rules["uncommanded"] is NSNull && rules["unit"] as? String == "C")
    }
}
