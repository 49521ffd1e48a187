import Configuration
import Testing

@Test("the text that the mistakes are made in is valid")
func baseIsValid() throws {
    let settings = try parse(text: Base.text, path: "oven.toml")
    #expect(settings.devices.count == 2)
}

@Test(
    "a mistake is reported with its place, the key, what was found and what is allowed",
    arguments: Mistake.all)
func mistakeIsExplained(_ mistake: Mistake) throws {
    let error = try mistake.error(in: Base.text)
    #expect(error.reason == .invalid)
    #expect(error.description == mistake.lines.joined(separator: "\n"))
}

@Test("everything that an empty file lacks is reported at once")
func emptyFile() throws {
    let error = try #require(throws: ConfigurationError.self) {
        try parse(text: "", path: "empty.toml")
    }
    #expect(
        error.description == """
            empty.toml:1:1: schema: missing; allowed is 1
            empty.toml:1:1: name: missing; allowed are 1 to 32 of a-z, 0-9 and -
            empty.toml:1:1: period_ms: missing; allowed is an integer from 1 to 60000
            empty.toml:1:1: device: missing; needed are 1 to 8 [[device]]
            empty.toml:1:1: sensor: missing; needed are 1 to 16 [[sensor]]
            empty.toml:1:1: actuator: missing; needed are 1 to 16 [[actuator]]
            empty.toml:1:1: loop: missing; needed are 1 to 4 [[loop]]
            """)
}

@Test("a simulated device without a plant is refused where its driver is named")
func simulationIsMissing() throws {
    let begin = try #require(Base.text.firstRange(of: "[simulation]"))
    let end = try #require(Base.text.firstRange(of: "[[device]]"))
    let rest = Base.text[..<begin.lowerBound] + Base.text[end.lowerBound...]
    let boards = try #require(rest.firstRange(of: "driver = "))
    let sensors = try #require(rest.firstRange(of: "[[sensor]]"))
    let text = (rest[..<boards.lowerBound] + "driver = \"sim\"\n" + rest[sensors.lowerBound...])
        .replacing("\"T1\"", with: "\"y1\"").replacing("\"Q1\"", with: "\"u1\"")
    let error = try #require(throws: ConfigurationError.self) {
        try parse(text: String(text), path: "oven.toml")
    }
    #expect(
        error.description == """
            oven.toml:9:10: device.driver: found "sim" without a table [simulation]; \
            [simulation] names the plant, as in plant = "tclab"
            """)
}

@Test("more than 50 problems are counted, and the first 50 of the file are listed")
func problemsAreLimited() throws {
    let keys = (1...3000).map { "wrong\($0) = \($0)\n" }.joined()
    let error = try #require(throws: ConfigurationError.self) {
        try parse(text: keys + Base.text, path: "oven.toml")
    }
    #expect(error.problems.count == 50)
    #expect(error.problems.count + error.omitted == 1000)
    #expect(error.problems.first?.position == Position(line: 1, column: 1))
    #expect(error.description.hasSuffix("\n... and 950 more"))
}

@Test("a control character in the file does not reach the terminal")
func controlCharactersAreEscaped() throws {
    let text = try #require(Base.replacing("\"skip\"", with: "\"sk\\u001B[31mip\\n\""))
    let error = try #require(throws: ConfigurationError.self) {
        try parse(text: text, path: "oven.toml")
    }
    #expect(
        error.description == """
            oven.toml:4:11: overrun: found "sk\\u{1B}[31mip\\n"; \
            allowed is "skip", "hold" or "safe"
            """)
}
