package import Configuration

/// Reads the keys of one TOML table, each with its kind and limits; the first thing that is wrong
/// is thrown with its place.
package struct TableReader {
    package let path: String
    /// Where the table stands, in messages: `plant`; empty for the file itself.
    let name: String
    let table: TOMLTable
    let position: Position

    package init(
        path: String, name: String = "", _ table: TOMLTable, at position: Position = .start
    ) {
        self.path = path
        self.name = name
        self.table = table
        self.position = position
    }

    /// Longest list that is read.
    static let listLimit = 400

    // MARK: Faults

    package func fault(
        _ key: String, _ found: String, _ allowed: String = "", suggestion: String? = nil
    ) -> ConfigurationError {
        let place = table[key]?.node.position ?? position
        return fault(at: place, key, found, allowed, suggestion: suggestion)
    }

    func fault(
        at place: Position, _ key: String, _ found: String, _ allowed: String = "",
        suggestion: String? = nil
    ) -> ConfigurationError {
        ConfigurationError(
            Problem(
                path: path, position: place, key: name.isEmpty ? key : "\(name).\(key)",
                found: found, allowed: allowed, suggestion: suggestion))
    }

    /// Refuses every key that is not among the known ones.
    package func requireKnown(_ known: [String]) throws(ConfigurationError) {
        for entry in table.entries where !known.contains(entry.key) {
            let shown = String(entry.key.prefix(40))
            throw fault(
                at: entry.keyPosition, shown, "unknown key",
                "known here are \(known.joined(separator: ", "))",
                suggestion: Nearest.word(to: entry.key, among: known))
        }
    }

    /// Refuses the keys of one way of saying something beside those of another.
    func refuse(_ keys: [String], beside other: String) throws(ConfigurationError) {
        for key in keys where table[key] != nil {
            throw fault(key, "not used with \(other)")
        }
    }

    // MARK: Values

    package func number(
        _ key: String, _ range: ClosedRange<Double>
    ) throws(ConfigurationError) -> Double? {
        guard let node = table[key]?.node else { return nil }
        return try number(node, key, range)
    }

    func number(
        _ key: String, _ range: ClosedRange<Double>, default value: Double
    ) throws(ConfigurationError) -> Double {
        try number(key, range) ?? value
    }

    package func required(
        _ key: String, _ range: ClosedRange<Double>
    ) throws(ConfigurationError) -> Double {
        guard let value = try number(key, range) else {
            throw fault(key, "missing", Self.allowed(range))
        }
        return value
    }

    package func integer(_ key: String, _ range: ClosedRange<Int>) throws(ConfigurationError)
        -> Int?
    {
        guard let node = table[key]?.node else { return nil }
        guard case .integer(let value) = node.value, range.contains(value) else {
            throw fault(
                key, node.summary, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func flag(_ key: String) throws(ConfigurationError) -> Bool? {
        guard let node = table[key]?.node else { return nil }
        guard case .boolean(let value) = node.value else {
            throw fault(key, node.summary, "true or false")
        }
        return value
    }

    package func text(_ key: String) throws(ConfigurationError) -> String? {
        guard let node = table[key]?.node else { return nil }
        guard case .string(let value) = node.value, !value.isEmpty, value.utf8.count <= 1_024 else {
            throw fault(key, node.summary, "a text of 1 to 1024 bytes")
        }
        return value
    }

    /// 1 to 64 letters, digits, and `. - _ = ,`: it may be the name of a file.
    func fileName(_ key: String) throws(ConfigurationError) -> String {
        let allowed = "1 to 64 letters, digits, and . - _ = ,"
        guard let value = try text(key) else { throw fault(key, "missing", allowed) }
        let isAllowed = value.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: ".-_=,".utf8.contains(byte)
            }
        }
        guard isAllowed, value.utf8.count <= 64, value.first != "." else {
            throw fault(key, "the text \"\(value.prefix(40))\"", allowed)
        }
        return value
    }

    func numbers(
        _ key: String, _ range: ClosedRange<Double>, count: ClosedRange<Int> = 1...listLimit
    ) throws(ConfigurationError) -> [Double]? {
        guard let node = table[key]?.node else { return nil }
        return try numbers(node, key, range, count)
    }

    /// Low and high, low below high.
    package func interval(
        _ key: String, _ range: ClosedRange<Double>
    ) throws(ConfigurationError) -> ClosedRange<Double>? {
        guard let values = try numbers(key, range, count: 2...2) else { return nil }
        guard values[0] < values[1] else {
            throw fault(key, "\(values[0]) and \(values[1])", "[low, high], low below high")
        }
        return values[0]...values[1]
    }

    /// Rows of equal length.
    func matrix(
        _ key: String, _ range: ClosedRange<Double>, rows: ClosedRange<Int>
    ) throws(ConfigurationError) -> [[Double]]? {
        guard let node = table[key]?.node else { return nil }
        guard case .array(let nodes) = node.value, rows.contains(nodes.count) else {
            throw fault(
                key, node.summary, "\(rows.lowerBound) to \(rows.upperBound) rows of numbers")
        }
        var result: [[Double]] = []
        for row in nodes { result.append(try numbers(row, key, range, nodes.count...nodes.count)) }
        return result
    }

    /// The tables of an array of tables.
    package func tables(
        _ key: String, count: ClosedRange<Int>
    ) throws(ConfigurationError) -> [TableReader] {
        guard let node = table[key]?.node else { return [] }
        guard case .array(let nodes) = node.value, count.contains(nodes.count) else {
            throw fault(
                key, node.summary, "\(count.lowerBound) to \(count.upperBound) of [[\(key)]]")
        }
        var result: [TableReader] = []
        for node in nodes {
            guard case .table(let table) = node.value else {
                throw fault(at: node.position, key, node.summary, "[[\(key)]]")
            }
            result.append(TableReader(path: path, name: key, table, at: node.position))
        }
        return result
    }

    package func child(_ key: String) throws(ConfigurationError) -> TableReader? {
        guard let node = table[key]?.node else { return nil }
        guard case .table(let table) = node.value else {
            throw fault(key, node.summary, "[\(key)]")
        }
        return TableReader(path: path, name: key, table, at: node.position)
    }

    private func numbers(
        _ node: TOMLNode, _ key: String, _ range: ClosedRange<Double>, _ count: ClosedRange<Int>
    ) throws(ConfigurationError) -> [Double] {
        guard case .array(let nodes) = node.value, count.contains(nodes.count) else {
            let wanted =
                count.count == 1
                ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
            let found =
                if case .array(let nodes) = node.value {
                    "a list of \(nodes.count)"
                } else {
                    node.summary
                }
            throw fault(at: node.position, key, found, "a list of \(wanted) numbers")
        }
        var result: [Double] = []
        for node in nodes { result.append(try number(node, key, range)) }
        return result
    }

    private func number(
        _ node: TOMLNode, _ key: String, _ range: ClosedRange<Double>
    ) throws(ConfigurationError) -> Double {
        let value: Double
        switch node.value {
        case .integer(let integer): value = Double(integer)
        case .float(let number): value = number
        default: throw fault(at: node.position, key, node.summary, Self.allowed(range))
        }
        guard value.isFinite, range.contains(value) else {
            throw fault(at: node.position, key, node.summary, Self.allowed(range))
        }
        return value
    }

    private static func allowed(_ range: ClosedRange<Double>) -> String {
        "a number from \(range.lowerBound) to \(range.upperBound)"
    }
}
