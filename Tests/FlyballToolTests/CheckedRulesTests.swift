import Foundation
import Testing

@Suite("The figures of the rules, as flyball check prints them")
struct CheckedRulesTests {
    private static let vessel = Repository.path("configs/vessel.toml")

    @Test("what follows from the process is printed, with its units")
    func text() throws {
        let result = try Tool.run("check", Self.vessel)
        #expect(result.status == 0)
        let line = "unresponsive: at 82.75 C or more it must move by 1.568 C within 190.0 s"
        #expect(result.output.contains(line), "\(result.output)")
        #expect(result.output.contains("jacket (setpoint)"))
    }

    @Test("as JSON it has all digits, and null where a rule is off")
    func json() throws {
        let json = try #require(try Tool.run("check", Self.vessel, "--json").json)
        let loops = try #require(json["loops"] as? [[String: Any]])
        let rules = try #require(loops.first?["rules"] as? [String: Any])
        let rule = try #require(rules["unresponsive"] as? [String: Double])
        #expect(rule == ["command": 82.747, "time_s": 190, "change": 1.568])
        #expect(rules["uncommanded"] is NSNull && rules["unit"] as? String == "C")
    }
}
