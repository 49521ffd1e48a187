package import Configuration
import Episodes
import Plants

/// A setpoint step and a load on a simulated board, with what varies and which PIDs are compared: a
/// suite of its own kind (`suites/tclab.toml`).
package struct BoardScenario: Equatable, Sendable {
    package var name: String
    package var meaning: String
    /// What a step test on the nominal board finds, in the units of the board; a law is made for it.
    package var process: PlantCase
    /// Name in the catalog of plants; its first input and output are those of the loop.
    package var plant: String
    package var durationSeconds: Double
    package var setpointBefore: Double
    package var setpoint: Double
    package var setpointAtSeconds: Double
    package var load: Double
    /// From 1.
    package var loadInput: Int
    package var loadAtSeconds: Double
    package var noise: Double
    package var quantum: Double
    package var seeds: [UInt64]
    package var variants: [Variant]
    package var rivals: [Rival]
    package var targets: [Target]
    /// Remarks that every report carries: where a PI is already at the bound.
    package var remarks: [String]

    /// The board as it may be instead; the first one is nominal.
    package struct Variant: Equatable, Sendable {
        package var name: String
        package var parameters: [String: Double]
        package var delaySeconds: Double
    }

    /// A PID in engineering units.
    package struct Rival: Equatable, Sendable {
        package var name: String
        package var kp: Double
        package var ti: Double
        package var td: Double
        package var tf: Double
        package var tt: Double
    }

    private static let keys = [
        "schema", "name", "meaning", "process", "scenario", "seeds", "variant", "pid", "target",
        "remarks",
    ]
    private static let scenarioKeys = [
        "plant", "duration_s", "setpoint_before", "setpoint", "setpoint_at_s", "load", "load_input",
        "load_at_s", "noise", "quantum",
    ]
    private static let values = -1e4...1e4
    private static let seconds = 0.0...1e6

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
        guard let process = try reader.child("process") else {
            throw reader.fault("process", "missing", "[process]")
        }
        self.process = try PlantCase(process)
        guard let scenario = try reader.child("scenario") else {
            throw reader.fault("scenario", "missing", "[scenario]")
        }
        try scenario.requireKnown(Self.scenarioKeys)
        plant = try scenario.text("plant") ?? ""
        guard PlantCatalog.names.contains(plant) else {
            throw scenario.fault(
                "plant", plant.isEmpty ? "missing" : "the text \"\(plant.prefix(40))\"",
                "one of \(PlantCatalog.names.joined(separator: ", "))")
        }
        durationSeconds = try scenario.required("duration_s", 1...1e5)
        setpointBefore = try scenario.required("setpoint_before", Self.values)
        setpoint = try scenario.required("setpoint", Self.values)
        setpointAtSeconds = try scenario.required("setpoint_at_s", Self.seconds)
        load = try scenario.required("load", Self.values)
        loadInput = try scenario.integer("load_input", 1...8) ?? 1
        loadAtSeconds = try scenario.required("load_at_s", Self.seconds)
        noise = try scenario.number("noise", 0...1e3, default: 0)
        quantum = try scenario.number("quantum", 0...1e3, default: 0)
        let period = self.process.family.periodSeconds
        func sample(_ seconds: Double) -> Int { Int((seconds / period).rounded()) }
        guard max(1, sample(setpointAtSeconds)) < sample(loadAtSeconds),
            sample(loadAtSeconds) < sample(durationSeconds)
        else {
            throw scenario.fault(
                "load_at_s", "\(loadAtSeconds)", "after setpoint_at_s and before duration_s")
        }
        let seeds = try reader.numbers("seeds", 0...1e9, count: 1...100) ?? [1]
        self.seeds = seeds.map { UInt64($0) }
        variants = []
        for table in try reader.tables("variant", count: 1...50) {
            variants.append(try Self.variant(table))
        }
        guard !variants.isEmpty else {
            throw reader.fault("variant", "missing", "[[variant]], the nominal one first")
        }
        rivals = []
        for table in try reader.tables("pid", count: 1...50) {
            rivals.append(try Self.rival(table))
        }
        targets = []
        for table in try reader.tables("target", count: 1...50) {
            targets.append(try Target(table, TargetQuantity.ofBoard))
        }
        remarks = try Self.remarks(reader)
        guard !rivals.isEmpty else { throw reader.fault("pid", "missing", "[[pid]] tables") }
    }

    /// Whether a parsed file is of this kind.
    package static func describes(_ table: TOMLTable) -> Bool { table["scenario"] != nil }

    private static func variant(_ reader: TableReader) throws(ConfigurationError) -> Variant {
        try reader.requireKnown(["name", "parameters", "delay_s"])
        guard let name = try reader.text("name") else {
            throw reader.fault("name", "missing", "a text")
        }
        var parameters: [String: Double] = [:]
        if let table = try reader.child("parameters") {
            for entry in table.table.entries {
                parameters[entry.key] = try table.required(entry.key, values)
            }
        }
        return Variant(
            name: name, parameters: parameters,
            delaySeconds: try reader.number("delay_s", 0...1e4, default: 0))
    }

    private static func rival(_ reader: TableReader) throws(ConfigurationError) -> Rival {
        try reader.requireKnown(["name", "kp", "ti_s", "td_s", "tf_s", "tt_s"])
        guard let name = try reader.text("name") else {
            throw reader.fault("name", "missing", "a text")
        }
        let ti = try reader.required("ti_s", 1e-3...1e6)
        let td = try reader.number("td_s", 0...1e6, default: 0)
        return Rival(
            name: name, kp: try reader.required("kp", -1e4...1e4), ti: ti, td: td,
            tf: try reader.number("tf_s", 0...1e6, default: td / 10),
            tt: try reader.number(
                "tt_s", 1e-3...1e6, default: td > 0 ? (ti * td).squareRoot() : ti / 3))
    }

    private static func remarks(_ reader: TableReader) throws(ConfigurationError) -> [String] {
        guard let node = reader.table["remarks"]?.node else { return [] }
        guard case .array(let nodes) = node.value else {
            throw reader.fault("remarks", node.summary, "a list of texts")
        }
        var remarks: [String] = []
        for node in nodes {
            guard case .string(let text) = node.value else {
                throw reader.fault(at: node.position, "remarks", node.summary, "a text")
            }
            remarks.append(text)
        }
        return remarks
    }
}
