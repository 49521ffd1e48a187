import Testing

@Suite("flyball safe, and what the daemon last drove")
struct SafeTests {
    /// The demo with another name for its device, as what was driven before the file was edited.
    private func driven() throws -> String {
        try Tool.text(Tool.demo).replacing("\"lab\"", with: "\"before\"")
    }

    @Test("drives the outputs of the last start although the configuration is broken or gone")
    func broken() throws {
        try Tool.withDirectory { directory in
            try Tool.write(try driven(), to: "\(directory)/last-start.toml")
            try Tool.write("schema = ", to: "\(directory)/broken.toml")
            for path in ["\(directory)/broken.toml", "\(directory)/gone.toml"] {
                let result = try Tool.run("safe", path, "--state", directory)
                #expect(result.status == 0)
                #expect(result.output == "before: simulated, nothing to drive\n")
                #expect(result.error.contains(path))
                #expect(result.error.contains("the outputs of the last start were driven instead"))
            }
        }
    }

    @Test("drives both when the file was edited since, and once when it was not")
    func edited() throws {
        try Tool.withDirectory { directory in
            try Tool.write(try driven(), to: "\(directory)/last-start.toml")
            let edited = try Tool.run("safe", Tool.demo, "--state", directory)
            #expect(edited.status == 0)
            #expect(
                edited.output == """
                    before: simulated, nothing to drive
                    lab: simulated, nothing to drive

                    """)
            try Tool.write(try Tool.text(Tool.demo), to: "\(directory)/last-start.toml")
            let same = try Tool.run("safe", Tool.demo, "--state", directory)
            #expect(same.output == "lab: simulated, nothing to drive\n")
        }
    }

    @Test("a last start that is damaged, or none, leaves the configuration to say it")
    func damaged() throws {
        try Tool.withDirectory { directory in
            let none = try Tool.run("safe", Tool.demo, "--state", directory)
            #expect(none.status == 0 && none.output == "lab: simulated, nothing to drive\n")
            try Tool.write("\0\0", to: "\(directory)/last-start.toml")
            let damaged = try Tool.run("safe", Tool.demo, "--state", directory)
            #expect(damaged.status == 0 && damaged.output == none.output)
            let both = try Tool.run("safe", "\(directory)/last-start.toml", "--state", directory)
            #expect(both.status == 78)
        }
    }
}
