import Configuration
import Testing

@Suite("What a loop does after an unclean end")
struct ResumeSettingsTests {
    private static func loops(_ table: String) throws(ConfigurationError) -> [LoopSettings] {
        let text = Base.text.replacing(
            "[loop.pid]", with: "[loop.resume]\n\(table)\n[loop.pid]", maxReplacements: 1)
        return try parse(text: text, path: "base.toml").loops
    }

    private static func problem(_ table: String) -> String {
        do throws(ConfigurationError) {
            _ = try loops(table)
            return "accepted"
        } catch {
            return error.description
        }
    }

    @Test("is never to go on when nothing is said")
    func absent() throws {
        let settings = try parse(text: Base.text, path: "base.toml")
        #expect(settings.loops.allSatisfy { $0.resume == ResumeSettings(policy: .never) })
    }

    @Test("is what the table says")
    func present() throws {
        #expect(try Self.loops("policy = \"never\"")[0].resume.policy == .never)
        #expect(try Self.loops("policy = \"ask\"")[0].resume.policy == .ask)
        let resume = try Self.loops("policy = \"younger-than\"\nmax_age_s = 600")[0].resume
        #expect(resume == ResumeSettings(policy: .youngerThan, maxAgeSeconds: 600))
    }

    @Test(
        "is refused with the place, the key and what is allowed",
        arguments: [
            ("policy = \"always\"", "loop.resume.policy"),
            ("policy = \"younger-than\"", "loop.resume.max_age_s: missing"),
            ("policy = \"younger-than\"\nmax_age_s = 29", "loop.resume.max_age_s: found 29"),
            ("policy = \"ask\"\nmax_age_s = 60", "loop.resume.max_age_s: not used with policy"),
            ("max_age_s = 60", "loop.resume.policy: missing"),
            ("policy = \"ask\"\nage = 60", "loop.resume.age: unknown key"),
        ])
    func refused(_ table: String, _ words: String) {
        let problem = Self.problem(table)
        #expect(problem.hasPrefix("base.toml:"))
        #expect(problem.contains(words), "\(problem)")
    }
}
