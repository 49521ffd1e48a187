import Configuration
import Control
import Foundation
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
    private static let tables: [String: [String]] = [
        "": ["schema", "weights", "law", "process"],
        "weights": ["layout", "gate_order", "lstm", "output"],
        "law": ["sample_time_s", "integral_gain", "tracking_gain", "features", "envelope"],
        "process": ["family", "config", "state", "loop"],
    ]

    /// Reads the file or says what is wrong with it, and where.
    init(path: String) throws(ConfigurationError) {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            let code = (error as? CocoaError)?.code
            let isMissing = code == .fileReadNoSuchFile || code == .fileNoSuchFile
            throw ConfigurationError(
                reason: isMissing
                    ? .missing : code == .fileReadNoPermission ? .notPermitted : .unreadable,
                problems: [
                    Problem(
                        path: path, position: nil, key: "",
                        found: "cannot be read: \(error.localizedDescription)")
                ])
        }
        let root: TOMLTable
        do throws(TOMLError) {
            root = try TOMLParser.parse([UInt8](bytes))
        } catch {
            throw ConfigurationError(
                Problem(path: path, position: error.position, key: "", found: error.message))
        }
        do throws(Problem) {
            try self.init(ImportTable(root, path: path, key: "", known: Self.tables), path: path)
        } catch {
            throw ConfigurationError(error)
        }
    }

    private init(_ root: ImportTable, path: String) throws(Problem) {
        _ = try root.number("schema", allowed: "1") { $0 == 1 }
        let weights = try root.table("weights")
        let layouts = WeightNames.Layout.allCases.map(\.rawValue)
        layout = try weights.choice("layout", layouts, WeightNames.Layout.init(rawValue:))
        gateOrder = try weights.choice(
            "gate_order", ["ifgo (the default)", "any order of i, f, g or c, o"],
            default: GateOrder.usual, GateOrder.init)
        lstm = try weights.text("lstm")
        output = try weights.text("output")

        let law = try root.table("law")
        periodSeconds = try law.number("sample_time_s", allowed: "above 0, up to 3600") {
            $0 > 0 && $0 <= 3_600
        }
        surroundings = ImportedWeights.Surroundings(
            features: try Self.features(law),
            integral: try law.number("integral_gain", allowed: "1e-6 to 1000, a sample") {
                $0 >= 1e-6 && $0 <= 1_000
            },
            tracking: try law.number("tracking_gain", allowed: "above 0, below 1, a sample") {
                $0 >= 1e-6 && $0 <= 0.999999
            })
        envelope = try Self.envelope(law)
        process = try Self.process(try root.table("process"), path: path)
    }

    private static func features(_ law: ImportTable) throws(Problem) -> [LawFeature] {
        let allowed =
            "1 to \(featureLimit) tables { source = \"error\", gain = 4.0 }, "
            + "in the order of the network's inputs"
        let nodes = try law.array("features", allowed: allowed)
        guard (1...featureLimit).contains(nodes.count) else {
            throw law.problem("features", "has \(nodes.count) entries", allowed)
        }
        var result: [LawFeature] = []
        for (index, node) in nodes.enumerated() {
            guard case .table(let table) = node.value else {
                throw law.problem("features", "entry \(index + 1) is no table", allowed)
            }
            let entry = try ImportTable(
                table, path: law.path, key: "law.features[\(index)]",
                known: ["law.features[\(index)]": ["source", "gain"]], position: node.position)
            let names = FeatureSource.byName.map(\.key)
            let source = try entry.choice("source", names) { name in
                FeatureSource.byName.first { $0.key == name }?.value
            }
            let gain = try entry.number("gain", allowed: "other than 0, below 10000 in size") {
                $0 != 0 && $0.magnitude < 10_000
            }
            result.append(LawFeature(source, gain: gain))
        }
        return result
    }

    private static func envelope(_ law: ImportTable) throws(Problem) -> ClosedRange<Double>? {
        let allowed = "[low, high], parts of the span, -1 to 2"
        guard law.has("envelope") else { return nil }
        let ends = try law.array("envelope", allowed: allowed).map(\.number)
        guard ends.count == 2, let low = ends[0], let high = ends[1], low < high, low >= -1,
            high <= 2
        else { throw law.problem("envelope", "is something else", allowed) }
        return low...high
    }

    private static func process(_ table: ImportTable, path: String) throws(Problem) -> Process {
        let directory = (path as NSString).deletingLastPathComponent
        func resolved(_ file: String) -> String {
            file.hasPrefix("/") ? file : (directory as NSString).appendingPathComponent(file)
        }
        let family = try table.text("family")
        let config = try table.text("config")
        let (state, loop) = (try table.text("state"), try table.text("loop"))
        switch (family, config) {
        case (let family?, nil) where state == nil && loop == nil: return .family(family)
        case (nil, let config?):
            return .tuned(config: resolved(config), state: state.map(resolved), loop: loop)
        default:
            throw table.problem(
                "", "does not name one process",
                "either family = NAME, or config = FILE and, if needed, state and loop")
        }
    }
}
