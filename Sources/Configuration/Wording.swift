/// How numbers, texts and lists are written in messages and on the reference page.
enum Wording {
    /// Longest part of a user's text that a message repeats, in characters.
    private static let quotedLimit = 40

    /// The text in quotes, shortened as `shortened` does.
    static func quoted(_ text: String) -> String {
        "\"\(shortened(text))\""
    }

    /// At most 40 characters, with control characters escaped: a message stays one short line.
    static func shortened(_ text: String) -> String {
        let beginning = String(text.unicodeScalars.prefix(quotedLimit))
        let isCut = text.unicodeScalars.count > quotedLimit
        return isCut ? escaped(beginning) + "..." : escaped(beginning)
    }

    /// Control characters, and white space other than blanks, as escapes.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            let isPrinted =
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator: false
                default: true
                }
            escaped += isPrinted ? String(scalar) : scalar.escaped(asASCII: true)
        }
        return escaped
    }

    /// A number as a person writes it: `50`, not `50.0`.
    static func number(_ number: Double) -> String {
        guard let integer = Int(exactly: number), abs(number) < 1e15 else { return "\(number)" }
        return "\(integer)"
    }

    /// `a, b, c`.
    static func list(_ words: [String]) -> String {
        words.joined(separator: ", ")
    }

    /// `a, b or c`, each in quotes.
    static func choice(_ words: [String]) -> String {
        let quoted = words.map { "\"\($0)\"" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "nothing" }
        return quoted.dropLast().joined(separator: ", ") + " or " + last
    }
}
