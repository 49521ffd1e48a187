/// Collects problems while a configuration is read.
struct ProblemList {
    /// Problems kept for sorting; the rest is only counted, which bounds memory.
    private static let keptLimit = 1000

    let path: String
    private var kept: [Problem] = []
    private(set) var count = 0

    init(path: String) {
        self.path = path
    }

    var isEmpty: Bool { count == 0 }

    /// Whether a further problem would only be counted: then suggestions need not be computed.
    var isFull: Bool { count >= Self.keptLimit }

    mutating func add(
        _ position: Position, _ key: String, _ found: String, _ allowed: String = "",
        suggestion: String? = nil
    ) {
        count += 1
        guard count <= Self.keptLimit else { return }
        kept.append(
            Problem(
                path: path, position: position, key: key, found: found, allowed: allowed,
                suggestion: suggestion))
    }

    /// The error that reports what was collected, in the order of the file; nil without problems.
    var error: ConfigurationError? {
        guard count > 0 else { return nil }
        let sorted = kept.enumerated().sorted { left, right in
            let first = left.element.position ?? .start
            let second = right.element.position ?? .start
            return first == second ? left.offset < right.offset : first < second
        }
        let listed = sorted.prefix(ConfigurationError.problemLimit).map(\.element)
        return ConfigurationError(
            reason: .invalid, problems: listed, omitted: count - listed.count)
    }
}
