/// A text with named fields in braces, as the user wrote it: `T1={t1} C`.
package struct MessagePattern: Equatable, Sendable {
    package enum Part: Equatable, Sendable {
        case text(String)
        /// `{name}`: a number.
        case field(String)
        /// `{*}`: anything up to the text behind it.
        case anything
    }

    package let parts: [Part]

    /// `nil` when a brace is alone, when a name is not of letters, digits, `_` and `-`, and when two
    /// fields stand side by side: nobody could say where the first ends.
    init?(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let first = rest.first {
            guard first == "{" else {
                let literal = rest.prefix { $0 != "{" }
                guard !literal.contains("}") else { return nil }
                parts.append(.text(String(literal)))
                rest = rest[literal.endIndex...]
                continue
            }
            guard let end = rest.firstIndex(of: "}") else { return nil }
            let name = String(rest[rest.index(after: rest.startIndex)..<end])
            if let last = parts.last, last.isField { return nil }
            guard name == "*" || Self.isName(name) else { return nil }
            parts.append(name == "*" ? .anything : .field(name))
            rest = rest[rest.index(after: end)...]
        }
        self.parts = parts
    }

    static func isName(_ name: String) -> Bool {
        name.wholeMatch(of: /[A-Za-z0-9_\-]{1,32}/) != nil
    }

    /// The names of its fields, in order.
    var fields: [String] {
        parts.compactMap { part in
            if case .field(let name) = part { name } else { nil }
        }
    }

    var hasAnything: Bool { parts.contains(.anything) }
}

extension MessagePattern.Part {
    fileprivate var isField: Bool {
        if case .text = self { false } else { true }
    }
}
