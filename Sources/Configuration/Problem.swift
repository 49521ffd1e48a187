/// One thing that is wrong in a configuration: where, which key, what was found, what is allowed.
package struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file as the user named it.
    package var path: String
    /// Absent when the file as a whole is meant.
    package var position: Position?
    /// Tables and key, joined by dots; empty when none is meant.
    package var key: String
    package var found: String
    /// Empty when there is nothing to say.
    package var allowed: String
    /// The nearest word that would be right.
    package var suggestion: String?

    package init(
        path: String, position: Position?, key: String, found: String, allowed: String = "",
        suggestion: String? = nil
    ) {
        self.path = path
        self.position = position
        self.key = key
        self.found = found
        self.allowed = allowed
        self.suggestion = suggestion
    }

    /// `FILE:LINE:COLUMN: KEY: found; allowed; did you mean "word"?`
    package var description: String {
        var line = path
        if let position { line += ":\(position.line):\(position.column)" }
        if !key.isEmpty { line += ": \(key)" }
        line += ": \(found)"
        if !allowed.isEmpty { line += "; \(allowed)" }
        if let suggestion { line += "; did you mean \(Wording.quoted(suggestion))?" }
        return line
    }
}
