/// The type and limits of an option's value.
package enum OptionKind: Equatable, Sendable {
    /// A name that other tables or files use: 1 to 32 of a-z, 0-9 and `-`.
    case name
    /// A file, directory or device: 1 to 1024 bytes of text.
    case path
    /// A name that the hardware has: 1 to 64 visible ASCII characters but /.
    case label
    /// So many printable ASCII characters: what a device is sent, or answers.
    case message(ClosedRange<Int>)
    /// One of these numbers.
    case oneOf([Int])
    /// One of these words.
    case choice([String])
    /// The name of a table of this section.
    case reference(Section.Name)
    case unit
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case boolean
    /// A number with a unit, in one text.
    case quantity(UnitRelation, NumberBounds)
    /// A low and a high quantity.
    case range(UnitRelation)
    /// A table of free keys with numbers as values.
    case numbers

    /// Type, for the reference page.
    var typeName: String {
        switch self {
        case .name, .label, .message, .choice, .reference, .unit, .path: "text"
        case .integer, .oneOf: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .quantity: "quantity"
        case .range: "two quantities"
        case .numbers: "table of numbers"
        }
    }

    /// What is allowed where no unit is known, for the reference page.
    var allowed: String {
        switch self {
        case .name: "1 to 32 of a-z, 0-9 and -"
        case .path: "1 to 1024 bytes"
        case .label: "1 to 64 visible ASCII characters but /"
        case .message(let counts):
            "\(counts.lowerBound) to \(counts.upperBound) printable ASCII characters"
        case .oneOf(let numbers): numbers.map { "\($0)" }.joined(separator: ", ")
        case .choice(let words): Wording.choice(words)
        case .reference(let section): "the name of a [[\(section.rawValue)]]"
        case .unit: "1 to 16 letters, %, °, /, and digits behind ^"
        case .integer(let range) where range.count == 1: "\(range.lowerBound)"
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .number(let range):
            "\(Wording.number(range.lowerBound)) to \(Wording.number(range.upperBound))"
        case .boolean: "true or false"
        case .quantity(let relation, let bounds): "\(bounds.meaning), in \(relation.meaning)"
        case .range(let relation): "[low, high] in \(relation.meaning), low below high"
        case .numbers: "up to 64 keys"
        }
    }
}
