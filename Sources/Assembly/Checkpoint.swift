package import Configuration
package import Control
package import FoundationEssentials
package import ModelFile

/// The state of all laws of a run at one time, as it outlives the run.
///
/// A file of two lines: the state as JSON, and its SHA-256. It replaces the one before as a whole,
/// once it is on the disk.
package struct Checkpoint: Codable, Equatable, Sendable {
    /// One loop.
    package struct Loop: Codable, Equatable, Sendable {
        package var name: String
        /// Of configuration and model: the state of one law is nothing to another.
        package var digest: String
        package var tick: UInt64
        package var elapsedNanoseconds: UInt64
        package var isLatched: Bool
        /// The operator had asked for the safe level.
        package var isHeldSafe: Bool
        /// A law acted.
        package var isLawActing: Bool
        package var memory: LawMemory.Coded

        package enum CodingKeys: String, CodingKey {
            case name, digest, tick, memory
            case elapsedNanoseconds = "elapsed_ns"
            case isLatched = "latched"
            case isHeldSafe = "held_safe"
            case isLawActing = "law_acting"
        }

        package init(_ snapshot: LoopSnapshot, name: String, digest: String) {
            self.name = name
            self.digest = digest
            tick = snapshot.tick
            elapsedNanoseconds = snapshot.elapsedNanoseconds
            isLatched = snapshot.isLatched
            isHeldSafe = snapshot.isHeldSafe
            isLawActing = snapshot.isLawActing
            memory = snapshot.memory.coded
        }
    }

    static let fileName = "checkpoint"
    private static let newFileName = "checkpoint.new"
    private static let format = "flyball checkpoint 1"
    /// A hundred times what four loops need.
    private static let byteLimit = 1 << 20

    package var format: String
    package var written: ClockEvidence
    package var loops: [Loop]

    package init(written: ClockEvidence, loops: [Loop]) {
        format = Self.format
        self.written = written
        self.loops = loops
    }

    /// Of all that makes a loop's laws what they are.
    package static func digest(_ settings: Settings, loop index: Int, model: Model?) -> String {
        let text = [settings.loops[index].name, model?.hash ?? "", settings.text]
        return ModelWriter.sha256(of: Data(text.joined(separator: "\n").utf8))
    }

    // MARK: The file

    /// Writes it and waits until it is on the disk.
    ///
    /// - Returns: why it could not be written, or nothing.
    package func write(directory: String) -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let new = directory + "/" + Self.newFileName
        // Integers, names and flags: there is nothing that JSON cannot say.
        guard var content = try? encoder.encode(self) else { return "it cannot be encoded" }
        content.append(Data("\n\(ModelWriter.sha256(of: content))\n".utf8))
        do throws(CheckpointFault) {
            try SafeFile.replace(directory + "/" + Self.fileName, by: new, content)
            return nil
        } catch {
            return error.reason
        }
    }

    /// The checkpoint of a directory; nothing when there is none.
    package static func read(directory: String) throws(CheckpointFault) -> Checkpoint? {
        let path = directory + "/" + Self.fileName
        do throws(CheckpointFault) {
            guard let content = try SafeFile.read(path, byteLimit: byteLimit) else { return nil }
            return try parse(content)
        } catch {
            throw CheckpointFault("\(path): \(error.reason)")
        }
    }

    /// What the content of a file says, if all of it is there and nothing else.
    package static func parse(_ content: Data) throws(CheckpointFault) -> Checkpoint {
        let lines = content.split(separator: 10, omittingEmptySubsequences: false)
        guard lines.count == 3, lines[2].isEmpty,
            ModelWriter.sha256(of: Data(lines[0])) == String(decoding: lines[1], as: UTF8.self)
        else { throw CheckpointFault("torn or damaged") }
        let checkpoint: Checkpoint
        do {
            checkpoint = try JSONDecoder().decode(Checkpoint.self, from: Data(lines[0]))
        } catch {
            throw CheckpointFault("not a checkpoint of this program")
        }
        guard checkpoint.format == format else {
            throw CheckpointFault("not a checkpoint of this program")
        }
        return checkpoint
    }

    /// Takes it away: after an end in order there is nothing to resume.
    package static func remove(directory: String) {
        for name in [fileName, newFileName] {
            SafeFile.remove(directory + "/" + name)
        }
    }
}
