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
}
