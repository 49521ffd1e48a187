/// A text with named fields: what is sent to a device, or what it answers.
package struct LinePattern: Equatable, Sendable {
    package enum Part: Equatable, Sendable {
        case text(String)
        /// A number with a name.
        case field(String)
        /// Anything up to the text behind it.
        case anything
    }

    private let parts: [Part]

    /// - Precondition: between two fields there is a text.
    package init(_ parts: [Part]) { self.parts = parts }

    /// The text with these characters in place of each field.
    package func text(_ number: String = "") -> [UInt8] {
        parts.flatMap { part -> [UInt8] in
            switch part {
            case .text(let text): Array(text.utf8)
            case .field: Array(number.utf8)
            case .anything: []
            }
        }
    }

    /// The numbers of a text that fits from its begin to its end; `nil` for any other.
    package func numbers(in bytes: [UInt8]) -> [String: Double]? {
        var numbers: [String: Double] = [:]
        var rest = bytes[...]
        for (index, part) in parts.enumerated() {
            if case .text(let text) = part {
                guard rest.starts(with: text.utf8) else { return nil }
                rest = rest.dropFirst(text.utf8.count)
                continue
            }
            guard let end = end(of: index, in: rest) else { return nil }
            if case .field(let name) = part {
                guard let number = Self.number(rest[..<end]) else { return nil }
                numbers[name] = number
            }
            rest = rest[end...]
        }
        return rest.isEmpty ? numbers : nil
    }

    /// Where the field at `index` ends: before the first occurrence of the text behind it.
    private func end(of index: Int, in bytes: ArraySlice<UInt8>) -> Int? {
        guard index + 1 < parts.count, case .text(let text) = parts[index + 1] else {
            return bytes.endIndex
        }
        return bytes.indices.first { bytes[$0...].starts(with: text.utf8) }
    }

    /// Digits with sign, point and exponent, and spaces around them, as Arduino's `dtostrf` pads; no
    /// `nan`, no `inf`, no hexadecimal.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Double? {
        let text = String(decoding: bytes, as: UTF8.self)
        let trimmed = text.drop { $0 == " " }
        let last = trimmed.lastIndex { $0 != " " }
        guard let last else { return nil }
        let digits = trimmed[...last]
        guard digits.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }),
            let number = Double(digits), number.isFinite
        else { return nil }
        return number
    }
}
