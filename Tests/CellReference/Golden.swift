import Foundation

/// The golden files of the cell: `scripts/golden-vectors.py` writes them.
public enum Golden {
    private struct Wirings: Decodable {
        let runs: [GoldenWiring]
    }

    private static var directory: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden")
    }

    /// All networks, by name.
    public static func cases() throws -> [GoldenCase] {
        try FileManager.default
            .contentsOfDirectory(
                at: directory.appending(path: "lstm"), includingPropertiesForKeys: nil
            )
            .filter { $0.pathExtension == "json" }
            .map { try JSONDecoder().decode(GoldenCase.self, from: Data(contentsOf: $0)) }
            .sorted { $0.name < $1.name }
    }

    public static func activations() throws -> GoldenActivations {
        try decode("activations.json")
    }

    public static func wirings() throws -> [GoldenWiring] {
        try decode("wirings.json", as: Wirings.self).runs
    }

    private static func decode<Value: Decodable>(
        _ name: String, as type: Value.Type = Value.self
    ) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: directory.appending(path: name)))
    }
}
