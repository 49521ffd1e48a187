import Testing

/// One way to get a configuration wrong, and what the user is told.
struct Mistake: CustomTestStringConvertible, Sendable {
    /// A part of the valid text, whose first occurrence is replaced.
    let part: String
    let replacement: String
    /// The lines of the error without the name of the file in front.
    let message: String

    static let all = syntax + keys + types + quantities + relations + references

    init(_ part: String, _ replacement: String, _ message: String) {
        self.part = part
        self.replacement = replacement
        self.message = message
    }

    var testDescription: String {
        "\(part.debugDescription) -> \(replacement.debugDescription)"
    }
}
