/// A TOML value and its place.
package struct TOMLNode: Equatable, Sendable {
    package var value: TOMLValue
    package var position: Position

    package init(value: TOMLValue, position: Position) {
        self.value = value
        self.position = position
    }

    /// The text, where the value is one.
    var text: String? {
        guard case .string(let text) = value else { return nil }
        return text
    }

    /// What a message calls the value: `the integer 90`, `a table`.
    package var summary: String {
        switch value {
        case .table: "a table"
        case .array: "an array"
        case .string(let text): "the text \(Wording.quoted(text))"
        case .integer(let integer): "the integer \(integer)"
        case .float(let number): "the number \(number)"
        case .boolean(let flag): "\(flag)"
        case .dateTime: "a date or time"
        }
    }
}
