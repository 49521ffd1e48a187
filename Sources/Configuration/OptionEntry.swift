/// One key of the configuration: the entry from which parser, limits and reference page come.
package struct OptionEntry: Equatable, Sendable {
    package enum Presence: Equatable, Sendable {
        case mandatory
        /// Absent means this value.
        case defaulted(OptionValue)
        /// Absent means what the text says; the reader works it out.
        case optional(String)
    }

    package let key: String
    package let kind: OptionKind
    package let presence: Presence
    /// The option exists only under this condition; nil means always.
    package let condition: Condition?
    /// One sentence.
    package let meaning: String
    /// A value as TOML, used in the complete example.
    package let example: String

    init(
        _ key: String, _ kind: OptionKind, _ presence: Presence = .mandatory,
        when condition: Condition? = nil, example: String, _ meaning: String
    ) {
        self.key = key
        self.kind = kind
        self.presence = presence
        self.condition = condition
        self.meaning = meaning
        self.example = example
    }
}
