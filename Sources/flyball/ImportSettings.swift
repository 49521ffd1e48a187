import Configuration
import Control
import FoundationEssentials
import Scoring
import Training

/// What a file of weights does not say: how it is laid out, what surrounds the network, and on what
/// process the law is certified.
struct ImportSettings {
    let layout: WeightNames.Layout
    let gateOrder: GateOrder
    /// Names of the layers, where the file has several.
    let lstm: String?
    let output: String?
    let periodSeconds: Double
    let surroundings: ImportedWeights.Surroundings
    /// Parts of the span; that of the process when absent.
    let envelope: ClosedRange<Double>?
    let process: Process

    enum Process {
        case family(String)
        /// Files of `flyball tune`, as paths from the directory of the settings.
        case tuned(config: String, state: String?, loop: String?)
    }

    static let featureLimit = 16

    /// Reads the file or says what is wrong with it, and where.
    init(path: String) throws(ConfigurationError) {
        let root = TableReader(path: path, try loadTable(path: path))
        try root.requireKnown(["schema", "weights", "law", "process"])
        guard try root.integer("schema", 1...1) != nil else {
            throw root.fault("schema", "missing", "1")
        }
        let weights = try Self.table("weights", of: root)
        try weights.requireKnown(["layout", "gate_order", "lstm", "output"])
        let layouts = WeightNames.Layout.allCases.map(\.rawValue)
        layout = try Self.choice(
            weights, "layout", layouts, try weights.text("layout"),
            WeightNames.Layout.init(rawValue:))
        gateOrder = try Self.choice(
            weights, "gate_order", ["ifgo (the default)", "any order of i, f, g or c, o"],
            try weights.text("gate_order") ?? GateOrder.usual, GateOrder.init)
        lstm = try weights.text("lstm")
        output = try weights.text("output")

        let law = try Self.table("law", of: root)
        try law.requireKnown([
            "sample_time_s", "integral_gain", "tracking_gain", "features", "envelope",
        ])
        periodSeconds = try law.required("sample_time_s", 1e-6...3_600)
        surroundings = ImportedWeights.Surroundings(
            features: try Self.features(law),
            integral: try law.required("integral_gain", 1e-6...1_000),
            tracking: try law.required("tracking_gain", 1e-6...0.999999))
        envelope = try law.interval("envelope", -1...2)
        process = try Self.process(try Self.table("process", of: root), path: path)
    }

    private static func table(
        _ key: String, of root: TableReader
    ) throws(ConfigurationError) -> TableReader {
        guard let found = try root.child(key) else {
            throw root.fault(key, "missing", "a table [\(key)]")
        }
        return found
    }

    /// One of several words, or what they stand for.
    private static func choice<Value>(
        _ reader: TableReader, _ key: String, _ words: [String], _ found: String?,
        _ value: (String) -> Value?
    ) throws(ConfigurationError) -> Value {
        let allowed = "allowed: \(words.joined(separator: ", "))"
        guard let found else { throw reader.fault(key, "missing", allowed) }
        guard let value = value(found) else {
            throw reader.fault(
                key, "the text \"\(found.prefix(40))\"", allowed,
                suggestion: Nearest.word(to: found, among: words))
        }
        return value
    }

    private static func features(_ law: TableReader) throws(ConfigurationError) -> [LawFeature] {
        let entries = try law.tables("features", count: 1...featureLimit)
        guard !entries.isEmpty else {
            throw law.fault(
                "features", "missing",
                "1 to \(featureLimit) tables { source = \"error\", gain = 4.0 }, in the order of the "
                    + "network's inputs")
        }
        let names = FeatureSource.byName.map(\.key)
        var result: [LawFeature] = []
        for entry in entries {
            try entry.requireKnown(["source", "gain"])
            let source = try choice(entry, "source", names, try entry.text("source")) { name in
                FeatureSource.byName.first { $0.key == name }?.value
            }
            let gain = try entry.required("gain", -10_000...10_000)
            guard gain != 0 else { throw entry.fault("gain", "0", "another number than 0") }
            result.append(LawFeature(source, gain: gain))
        }
        return result
    }

    private static func process(
        _ table: TableReader, path: String
    ) throws(ConfigurationError) -> Process {
        try table.requireKnown(["family", "config", "state", "loop"])
        let directory = path.parentPath
        func resolved(_ file: String) -> String {
            file.hasPrefix("/") ? file : directory.path(of: file)
        }
        let family = try table.text("family")
        let config = try table.text("config")
        let (state, loop) = (try table.text("state"), try table.text("loop"))
        switch (family, config) {
        case (let family?, nil) where state == nil && loop == nil: return .family(family)
        case (nil, let config?):
            return .tuned(config: resolved(config), state: state.map(resolved), loop: loop)
        default:
            throw table.fault(
                "family", "does not name one process",
                "either family = NAME, or config = FILE and, if needed, state and loop")
        }
    }
}
