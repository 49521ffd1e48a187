import Configuration
import Testing

/// One way to get a configuration wrong, and what the user is told.
struct Mistake: CustomTestStringConvertible, Sendable {
    /// A part of the valid text, whose first occurrence is replaced.
    let part: String
    let replacement: String
    /// A second replacement, of a limit that depends on another value.
    let second: (part: String, replacement: String)?
    /// The lines of the error without the name of the file in front.
    let message: String

    static let all = syntax + keys + types + quantities + relations + references + drivers

    init(
        _ part: String, _ replacement: String, _ message: String,
        and second: (part: String, replacement: String)? = nil
    ) {
        self.second = second
        self.part = part
        self.replacement = replacement
        self.message = message
    }

    var testDescription: String {
        "\(part.debugDescription) -> \(replacement.debugDescription)"
    }

    /// What the user is told when a text has it; the test fails where the text lacks the part.
    func error(in valid: String) throws -> ConfigurationError {
        var changes = [(part: part, replacement: replacement)]
        if let second { changes.append(second) }
        var text = valid
        for change in changes {
            let isThere = text.contains(change.part)
            try #require(isThere)
            text = text.replacing(change.part, with: change.replacement, maxReplacements: 1)
        }
        let wrong = text
        return try #require(throws: ConfigurationError.self) {
            try parse(text: wrong, path: "oven.toml")
        }
    }

    /// The message as it is reported, line by line.
    var lines: [String] { message.split(separator: "\n").map { "oven.toml:\($0)" } }

    /// That the first lines are these; what a wrong name drags along is not looked for.
    func checkFirst(in valid: String) throws {
        let found = try error(in: valid).description.split(separator: "\n").map(String.init)
        #expect(Array(found.prefix(lines.count)) == lines)
    }
}
