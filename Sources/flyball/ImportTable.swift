import Configuration

/// One table of an importer's settings, whose keys are all known.
struct ImportTable {
    let path: String
    private let key: String
    private let table: TOMLTable
    private let known: [String: [String]]
    private let position: Position

    init(
        _ table: TOMLTable, path: String, key: String, known: [String: [String]],
        position: Position = .start
    ) throws(Problem) {
        self.path = path
        self.key = key
        self.table = table
        self.known = known
        self.position = position
        let names = known[key] ?? []
        for entry in table.entries where !names.contains(entry.key) {
            throw Problem(
                path: path, position: entry.keyPosition, key: Self.joined(key, entry.key),
                found: "unknown key", allowed: "allowed: \(names.joined(separator: ", "))",
                suggestion: Nearest.word(to: entry.key, among: names))
        }
    }

    private static func joined(_ table: String, _ key: String) -> String {
        [table, key].filter { !$0.isEmpty }.joined(separator: ".")
    }

    func has(_ name: String) -> Bool { table[name] != nil }

    /// What is wrong with a key, or with the table where the name is empty.
    func problem(_ name: String, _ found: String, _ allowed: String) -> Problem {
        Problem(
            path: path, position: table[name]?.node.position ?? position,
            key: Self.joined(key, name), found: found, allowed: "allowed: \(allowed)")
    }

    private func node(_ name: String, _ allowed: String) throws(Problem) -> TOMLNode {
        guard let entry = table[name] else { throw problem(name, "is missing", allowed) }
        return entry.node
    }

    func table(_ name: String) throws(Problem) -> ImportTable {
        let node = try node(name, "a table [\(name)]")
        guard case .table(let inner) = node.value else {
            throw problem(name, "is no table", "a table [\(name)]")
        }
        return try ImportTable(
            inner, path: path, key: Self.joined(key, name), known: known, position: node.position)
    }

    func array(_ name: String, allowed: String) throws(Problem) -> [TOMLNode] {
        guard case .array(let nodes) = try node(name, allowed).value else {
            throw problem(name, "is no array", allowed)
        }
        return nodes
    }

    /// A finite number that passes a test.
    func number(
        _ name: String, allowed: String, _ isAllowed: (Double) -> Bool
    ) throws(Problem) -> Double {
        guard let value = try node(name, allowed).number else {
            throw problem(name, "is no number", allowed)
        }
        guard value.isFinite, isAllowed(value) else { throw problem(name, "is \(value)", allowed) }
        return value
    }

    /// A text that may be absent.
    func text(_ name: String) throws(Problem) -> String? {
        guard let node = table[name]?.node else { return nil }
        guard case .string(let text) = node.value, !text.isEmpty else {
            throw problem(name, "is no text", "a text")
        }
        return text
    }

    /// One of several words, or what they stand for.
    func choice<Value>(
        _ name: String, _ words: [String], default usual: String? = nil,
        _ value: (String) -> Value?
    ) throws(Problem) -> Value {
        let allowed = words.joined(separator: ", ")
        guard let found = try text(name) ?? usual else {
            throw problem(name, "is missing", allowed)
        }
        guard let value = value(found) else {
            var wrong = problem(name, "is \"\(found)\"", allowed)
            wrong.suggestion = Nearest.word(to: found, among: words)
            throw wrong
        }
        return value
    }
}

extension TOMLNode {
    /// The number, where the value is one.
    var number: Double? {
        switch value {
        case .integer(let integer): Double(integer)
        case .float(let number): number
        default: nil
        }
    }
}
