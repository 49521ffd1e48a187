/// The reference of all keys, written from the option table.
package enum ReferencePage {
    /// The page as Markdown: `docs/configuration.md` is this text.
    package static func markdown() -> String {
        var page = introduction
        for section in OptionTable.sections {
            page += describe(section)
        }
        page += "\n## A complete example\n\n```toml\n\(example())```\n"
        return page
    }

    /// A configuration that uses every section that needs no further device or sensor; it is valid.
    package static func example() -> String {
        OptionTable.sections.filter { !furtherNeeds.contains($0.name) }
            .map { exampleTable($0) }.joined(separator: "\n")
    }

    /// Sections that need a device, a sensor or a loop beside those of the example.
    private static let furtherNeeds: [Section.Name] = [
        .interlock, .loopRedundant, .loopCascade, .loopFeedForward,
    ]

    private static let introduction = """
        # Configuration

        A configuration is one TOML file. This page is generated from the table that the parser
        uses; a test keeps it current.

        - A **quantity** is a text with a number and a unit: `"50 C"`, `"0.5 C/s"`, `"8.5 %/C"`.
          Units are what the sensor and the actuator say they are. They are compared, never
          converted; `C`, `°C` and `degC` are one unit, and so are `F`, `°F`, `degF`, and `%`, `pct`.
        - Times are plain numbers with the unit in the key: `period_ms`, `ti_s`.
        - Quantities are below 32768 in magnitude, and so is the width of a range; choose the unit
          so that they fit (kPa instead of Pa).
        - An integer serves where a number is wanted, not the other way round.
        - An unknown key is an error. All errors of a file are reported at once, each as
          `FILE:LINE:COLUMN: KEY: what was found; what is allowed`.
        - Limits of the file: 1 MiB, 16 tables and arrays inside each other, 256 dots in a line.

        """

    private static func describe(_ section: Section) -> String {
        var text = "\n## \(section.name == .root ? "Top level" : "`\(section.header)`")\n\n"
        text += section.meaning
        let facts = [section.presence, count(section)].filter { !$0.isEmpty }
        if !facts.isEmpty { text += " (\(facts.joined(separator: "; ")))" }
        text += "\n\n| key | type | allowed | default | meaning |\n|---|---|---|---|---|\n"
        for option in section.options {
            text += row(option)
        }
        return text
    }

    private static func count(_ section: Section) -> String {
        guard case .array(let counts) = section.form else { return "" }
        return "\(counts.lowerBound) to \(counts.upperBound) tables"
    }

    private static func row(_ option: OptionEntry) -> String {
        var meaning = option.meaning
        if let condition = option.condition {
            let values = condition.values.map { "`\($0)`" }.joined(separator: ", ")
            meaning = "For \(condition.key) \(values): " + meaning
        }
        let fallback =
            switch option.presence {
            case .mandatory: "mandatory"
            case .defaulted(let value): "`\(value.literal)`"
            case .optional(let words): words
            }
        let cells = [
            "`\(option.key)`", option.kind.typeName, option.kind.allowed, fallback, meaning,
        ]
        return "| \(cells.joined(separator: " | ")) |\n"
    }

    /// One table of the example, with the options that its own choices call for.
    private static func exampleTable(_ section: Section) -> String {
        var text = section.name == .root ? "" : "\(section.header)\n"
        var values = ["driver": "tclab"]
        for option in section.options {
            if let condition = option.condition {
                guard let value = values[condition.key], condition.values.contains(value) else {
                    continue
                }
            }
            if case .choice = option.kind {
                values[option.key] = option.example.filter { $0 != "\"" }
            }
            text += "\(option.key) = \(option.example)\n"
        }
        return text
    }
}
