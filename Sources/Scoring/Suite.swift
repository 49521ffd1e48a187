package import Configuration
import Episodes
package import Training

/// A list of plants with the signals, seeds and targets that laws are judged by: a file of `suites/`.
package struct Suite: Equatable, Sendable {
    package var name: String
    /// What it is about, in a sentence.
    package var meaning: String
    package var scope: Evaluator.Scope
    package var plants: [PlantCase]
    package var targets: [Target]

    private static let keys = [
        "schema", "name", "meaning", "sample_time", "classes", "seed", "episodes",
        "hold_episodes", "plant", "target",
    ]
    private static let plantLimit = 1_000

    package init(path: String) throws(ConfigurationError) {
        try self.init(try loadTable(path: path), path: path)
    }

    /// The same of a parsed file; `path` is the name that messages use.
    package init(_ table: TOMLTable, path: String) throws(ConfigurationError) {
        let reader = TableReader(path: path, table)
        try reader.requireKnown(Self.keys)
        guard try reader.integer("schema", 1...1) != nil else {
            throw reader.fault("schema", "missing", "1")
        }
        name = try reader.fileName("name")
        meaning = try reader.text("meaning") ?? ""
        // Stated so that a reader of the file knows it; a plant may have a period_s of its own.
        if let rule = try reader.text("sample_time"), rule != "rule" {
            throw reader.fault("sample_time", "the text \"\(rule.prefix(40))\"", "\"rule\"")
        }
        scope = try Self.scope(reader)
        plants = try Self.plants(reader)
        targets = []
        for table in try reader.tables("target", count: 1...100) {
            targets.append(try Target(table, TargetQuantity.ofFamilies))
        }
    }

    private static func scope(
        _ reader: TableReader
    ) throws(ConfigurationError) -> Evaluator.Scope {
        var scope = Evaluator.Scope()
        if let node = reader.table["classes"]?.node {
            scope.classes = try Self.classes(node, reader)
        }
        if let seed = try reader.integer("seed", 0...Int.max) { scope.seed = UInt64(seed) }
        scope.blocks = try blocks("episodes", reader) ?? scope.blocks
        scope.holdBlocks = try blocks("hold_episodes", reader) ?? scope.holdBlocks
        return scope
    }

    private static func blocks(
        _ key: String, _ reader: TableReader
    ) throws(ConfigurationError) -> Int? {
        guard let episodes = try reader.integer(key, 16...4_096) else { return nil }
        guard episodes % Lanes.scalarCount == 0 else {
            throw reader.fault(key, "the integer \(episodes)", "a multiple of 16")
        }
        return episodes / Lanes.scalarCount
    }

    private static func classes(
        _ node: TOMLNode, _ reader: TableReader
    ) throws(ConfigurationError) -> [SignalClass] {
        let known = SignalClass.allCases.map(\.rawValue)
        let allowed = "a list of \(known.joined(separator: ", "))"
        guard case .array(let nodes) = node.value, !nodes.isEmpty else {
            throw reader.fault("classes", node.summary, allowed)
        }
        var classes: [SignalClass] = []
        for node in nodes {
            guard case .string(let word) = node.value, let signal = SignalClass(rawValue: word)
            else {
                var suggestion: String?
                if case .string(let word) = node.value {
                    suggestion = Nearest.word(to: word, among: known)
                }
                throw reader.fault(
                    at: node.position, "classes", node.summary, allowed, suggestion: suggestion)
            }
            guard !classes.contains(signal) else {
                throw reader.fault(at: node.position, "classes", node.summary, "each class once")
            }
            classes.append(signal)
        }
        return classes
    }

    private static func plants(
        _ reader: TableReader
    ) throws(ConfigurationError) -> [PlantCase] {
        var plants: [PlantCase] = []
        for table in try reader.tables("plant", count: 1...plantLimit) {
            let plant = try PlantCase(table)
            guard !plants.contains(where: { $0.family.name == plant.family.name }) else {
                throw table.fault("name", "\"\(plant.family.name)\"", "a name of its own")
            }
            plants.append(plant)
        }
        guard !plants.isEmpty else { throw reader.fault("plant", "missing", "[[plant]] tables") }
        return plants
    }
}
