import Pictures
import Testing

@Test("a table aligns numbers to the right and text to the left")
func alignment() {
    var table = TextTable(["law", "IAE (C s)", "settling (s)", "ticks"])
    table.add(.text("pid"), .number(612.345), .number(81.5, digits: 3), .integer(600))
    table.add(.text("learned"), .number(58.2), .missing, .integer(12))
    let expected = """
        law      IAE (C s)  settling (s)  ticks
        ───────  ─────────  ────────────  ─────
        pid          612.3          81.5    600
        learned      58.20             -     12

        """
    #expect(table.text() == expected)
}

@Test("rows of other lengths than the headings are cut or left short")
func raggedRows() {
    let table = TextTable(["a"], rows: [[], [.text("long"), .integer(7)]])
    #expect(table.text() == "a\n────\n\nlong\n")
}
