import Foundation

/// The stored figures of the test batch: what another program found.
struct GoldenBatch: Decodable {
    struct Row: Decodable {
        let family: String
        let parameters: String
        /// The apparent dead time.
        let L: Double
        /// By rule: Ms, IAE, IE.
        let figures: [[Double]]

        var name: String { "\(family) \(parameters)" }
    }

    let rules: [String]
    let processes: [Row]

    /// Reads `Tests/Golden/tuning/test-batch.json`.
    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Golden/tuning/test-batch.json")
        self = try JSONDecoder().decode(GoldenBatch.self, from: Data(contentsOf: file))
    }
}
