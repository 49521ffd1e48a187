/// Why a configuration is refused: every problem at once, so that one round of editing is enough.
package struct ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What kind of refusal this is: programs choose their exit code by it.
    package enum Reason: Equatable, Sendable {
        /// The file does not exist.
        case missing
        /// The file may not be read.
        case notPermitted
        /// The file cannot be read for another reason.
        case unreadable
        /// The text is not TOML or says something that is not allowed.
        case invalid
    }

    /// Problems beyond this number are counted, not listed.
    package static let problemLimit = 50

    package let reason: Reason
    /// In the order of the file; at least one.
    package let problems: [Problem]
    /// Problems that are not listed.
    package let omitted: Int

    package init(reason: Reason, problems: [Problem], omitted: Int = 0) {
        self.reason = reason
        self.problems = problems
        self.omitted = omitted
    }

    /// A problem that a later check found, for example a model file that does not exist.
    package init(_ problem: Problem) {
        self.init(reason: .invalid, problems: [problem])
    }

    /// One line for each problem.
    package var description: String {
        var lines = problems.map(\.description)
        if omitted > 0 { lines.append("... and \(omitted) more") }
        return lines.joined(separator: "\n")
    }
}
