/// A unit that the user chose: a short token such as `C`, `%`, `kPa`, `m/s^2`.
///
/// Units are compared, never converted; different spellings of one unit are one.
package struct Unit: Equatable, Sendable {
    /// Longest unit in characters.
    static let lengthLimit = 16

    private static let spellings: [String: String] = [
        "°C": "C", "℃": "C", "degC": "C", "°F": "F", "℉": "F", "degF": "F", "pct": "%",
    ]

    /// As the user wrote it.
    package let symbol: String
    /// With each part in its first spelling: what is compared.
    private let canonical: String

    /// Nil when the text is not a unit: letters, `%`, `°`, `/`, and digits behind `^`.
    package init?(_ symbol: String) {
        guard !symbol.isEmpty, symbol.count <= Self.lengthLimit else { return nil }
        let parts = symbol.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ Self.isPart($0) }) else { return nil }
        self.symbol = symbol
        canonical = parts.map { Self.spellings[String($0)] ?? String($0) }.joined(separator: "/")
    }

    private init(symbol: String, canonical: String) {
        self.symbol = symbol
        self.canonical = canonical
    }

    /// The unit of a change in a second.
    package var perSecond: Unit { Unit(symbol: symbol + "/s", canonical: canonical + "/s") }

    /// The unit of a gain: this unit for each one of the other.
    package func per(_ other: Unit) -> Unit {
        Unit(symbol: "\(symbol)/\(other.symbol)", canonical: "\(canonical)/\(other.canonical)")
    }

    package static func == (left: Unit, right: Unit) -> Bool {
        left.canonical == right.canonical
    }

    /// `kPa`, `m^2`, `%`: signs, then optionally `^` and digits.
    private static func isPart(_ part: Substring) -> Bool {
        let name = part.prefix { $0 != "^" }
        let power = part.dropFirst(name.count)
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || "%°℃℉".contains($0) }) else {
            return false
        }
        guard !power.isEmpty else { return true }
        let digits = power.dropFirst()
        return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
    }
}
