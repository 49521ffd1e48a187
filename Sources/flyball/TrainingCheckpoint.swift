import FoundationEssentials
import ModelFile
import Training

/// A training that is under way, beside the model that it will write: what a kill leaves, the next
/// call goes on from.
struct TrainingCheckpoint {
    let path: String
    private let recipe: String
    private var written = Date()
    private var hasFailed = false

    private static let interval = 10.0
    private static let byteLimit = 64 << 20

    private struct Content: Codable {
        let recipe: String
        let state: TrainingState
    }

    /// - Parameters:
    ///   - output: the model's path; the checkpoint is `output.part`.
    ///   - recipe: everything that a training depends on, as text.
    init(output: String, recipe: String) {
        path = output + ".part"
        self.recipe = recipe
    }

    /// Where an earlier call with the same recipe stood; `nil` when there is none.
    ///
    /// - Throws: when the file is of another training: it is not thrown away silently.
    func state(parameters: Int) throws -> TrainingState? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let content: Content
        do {
            let bytes = try RegularFile.read(path: path, limit: Self.byteLimit)
            let decoder = JSONDecoder()
            decoder.nonConformingFloatDecodingStrategy = .convertFromString(
                positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
            content = try decoder.decode(Content.self, from: bytes)
        } catch {
            throw Console.fail(
                .damaged, "\(path): is no unfinished training; remove it to begin again")
        }
        guard content.recipe == recipe, content.state.isComplete(parameters: parameters) else {
            throw Console.fail(
                .failed,
                "\(path): an unfinished training with other options or on another process; "
                    + "use the same ones to go on, or remove it to begin again")
        }
        let state = content.state
        Console.error("goes on at phase \(state.phase), iteration \(state.iteration)")
        return state
    }

    /// Writes the state down, ten seconds apart; whole or not at all. That it cannot be written does
    /// not stop a training, but is said once.
    mutating func note(_ state: TrainingState) {
        guard Date().timeIntervalSince(written) > Self.interval else { return }
        written = Date()
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            let bytes = try encoder.encode(Content(recipe: recipe, state: state))
            try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            if !hasFailed {
                Console.error("\(path): cannot be written: \(Console.reason(error))")
            }
            hasFailed = true
        }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
