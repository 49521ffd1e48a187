import Testing

@Suite("flyball --help")
struct HelpTests {
    static let commands = [
        "simulate", "check", "latency", "doctor", "tune", "train", "import", "evaluate",
        "inspect", "replay", "export", "detect", "safe", "status", "set", "mode", "inject",
        "reload", "reference",
    ]

    @Test("the tool names its commands, its exit codes and a first command to try")
    func root() throws {
        let help = try Tool.run("--help")
        #expect(help.status == 0)
        #expect(help.error.isEmpty)
        for command in Self.commands { #expect(help.output.contains(command)) }
        for code in ["0 ok", "1 failed", "2 usage", "65 ", "66 ", "69 ", "77 ", "78 "] {
            #expect(help.output.contains(code), "\(code)")
        }
        #expect(help.output.contains("flyball simulate configs/demo.toml"))
    }

    @Test("every command says how it is called and how it ends", arguments: commands)
    func command(name: String) throws {
        let help = try Tool.run(name, "--help")
        #expect(help.status == 0)
        #expect(help.output.contains("USAGE: flyball \(name)"))
        #expect(help.output.contains("Exit codes: 0 "))
        #expect(help.output.contains("2 usage"))
        let isExplained = help.output.contains("flyball \(name) ")
        #expect(isExplained)
        #expect(try Tool.run("help", name).output == help.output)
        // Terminals have 80 columns.
        for line in help.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test("the version is one line")
    func version() throws {
        let version = try Tool.run("--version")
        #expect(version.status == 0)
        #expect(version.output.split(separator: "\n").count == 1)
        #expect(version.output.first?.isNumber == true)
    }

    @Test("the reference page has a heading for every table of a configuration")
    func reference() throws {
        let page = try Tool.run("reference")
        #expect(page.status == 0)
        for table in ["[simulation]", "[[sensor]]", "[[actuator]]", "[[loop]]", "[loop.pid]"] {
            #expect(page.output.contains(table))
        }
    }
}
