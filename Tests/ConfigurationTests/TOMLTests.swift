import Configuration
import Testing

@Test("every kind of value keeps its place and that of its key")
func kindsAndPositions() throws {
    let text = """
        text = "µ"
        whole = -7
          real = 2.5
        flag = true
        day = 1979-05-27
        list = [1,
          "x"]
        dotted.key = 1
        [table]
        inline = { a = 1 }
        [[many]]
        """
    let table = try TOMLParser.parse(Array(text.utf8))
    func entry(_ key: String) throws -> TOMLEntry { try #require(table[key]) }
    #expect(try entry("text").node == TOMLNode(value: .string("µ"), at: 1, 8))
    #expect(try entry("whole").node == TOMLNode(value: .integer(-7), at: 2, 9))
    #expect(try entry("real").node == TOMLNode(value: .float(2.5), at: 3, 10))
    #expect(try entry("real").keyPosition == Position(line: 3, column: 3))
    #expect(try entry("flag").node == TOMLNode(value: .boolean(true), at: 4, 8))
    #expect(try entry("day").node == TOMLNode(value: .dateTime, at: 5, 7))
    let items = [
        TOMLNode(value: .integer(1), at: 6, 9), TOMLNode(value: .string("x"), at: 7, 3),
    ]
    #expect(try entry("list").node == TOMLNode(value: .array(items), at: 6, 8))
    #expect(try entry("dotted").node.position == Position(line: 8, column: 1))
    #expect(try entry("table").node.position == Position(line: 9, column: 1))
    #expect(try entry("table").keyPosition == Position(line: 9, column: 2))
    #expect(try entry("many").node.position == Position(line: 11, column: 1))
    #expect(table.entries.count == 9)
}

@Test(
    "a unit is a short token",
    arguments: [
        ("C", true), ("°C", true), ("%", true), ("kPa", true), ("m/s^2", true), ("Ω", true),
        ("%/C", true), ("", false), ("C ", false), ("1/s", false), ("m/", false), ("^2", false),
        ("m^", false), ("m^x", false), ("a-b", false), ("abcdefghijklmnopq", false),
    ])
func units(_ symbol: String, _ isUnit: Bool) {
    #expect((Unit(symbol) != nil) == isUnit)
}

@Test("spellings of one unit are one, also inside a compound, and nothing else is")
func unitSpellings() throws {
    let celsius = try #require(Unit("C"))
    #expect(Unit("°C") == celsius)
    #expect(Unit("degC") == celsius)
    #expect(Unit("°C/s") == celsius.perSecond)
    #expect(Unit("%/degC") == Unit("pct")?.per(celsius))
    #expect(Unit("F") != celsius)
    #expect(Unit("c") != celsius)
    #expect(Unit("K") != celsius)
}

@Test(
    "a quantity is a decimal number and the rest is its unit",
    arguments: [
        ("50 C", 50, "C"), ("50%", 50, "%"), ("-1.5e-3 kPa", -0.0015, "kPa"), ("+2 C/s", 2, "C/s"),
        ("3 eV", 3, "eV"), ("3eV", 3, "eV"), ("7", 7, ""), ("  7   C  ", 7, "C"),
        ("1e400 C", Double.infinity, "C"), ("0x10 C", 0, "x10 C"),
    ])
func quantities(_ text: String, _ number: Double, _ unit: String) throws {
    let quantity = try #require(Quantity(text))
    #expect(quantity.number == number)
    #expect(quantity.unitText == unit)
}

@Test(
    "a text without a decimal number is no quantity",
    arguments: ["", "C", ".5 C", "5. C", "- 5 C", "inf C", "nan C", "\u{0}5 C", "--5 C"])
func notQuantities(_ text: String) {
    #expect(Quantity(text) == nil)
}

@Test(
    "the nearest word is the one a person meant",
    arguments: [
        ("perido_ms", "period_ms"), ("Period_MS", "period_ms"), ("periodms", "period_ms"),
        ("t2", "t1"), ("nmae", "name"), ("temperature", nil), ("", nil), ("x", nil),
        (String(repeating: "period_ms", count: 100_000), nil),
    ] as [(String, String?)])
func nearest(_ typed: String, _ meant: String?) {
    #expect(Nearest.word(to: typed, among: ["period_ms", "name", "t1", "q"]) == meant)
}

extension TOMLNode {
    fileprivate init(value: TOMLValue, at line: Int, _ column: Int) {
        self.init(value: value, position: Position(line: line, column: column))
    }
}
