import Assembly
import Control
import FoundationEssentials
import Telemetry

/// The files of a run from its first to the one that the user named.
struct RecordChain {
    private(set) var paths: [String] = []
    private(set) var ticks: [TickRecord] = []
    /// The ticks under each configuration that was in force, in order.
    private(set) var parts: [(run: RunDescription, ticks: [TickRecord])] = []
    private(set) var run: RunDescription?
    /// Where the last file is torn, and how much cannot be read.
    private(set) var tornAtByte: UInt64?
    private(set) var lostBytes: UInt64?
    /// The first damage inside a file.
    private(set) var damage: String?

    init(endingWith path: String) throws {
        let last = try Self.read(path)
        var files = [(path, last)]
        // Backwards: each file names the one before it.
        while let link = files[0].1.link, link.sequence > 1 {
            let directory = files[0].0.parentPath
            let name = link.previousFile.lastPathComponent
            let previous = directory.path(of: name)
            guard FileManager.default.fileExists(atPath: previous) else {
                throw Console.fail(
                    .missing,
                    "\(files[0].0): the run begins in an earlier file, and \(previous) is missing")
            }
            let earlier = try Self.read(previous)
            // The number falls with every file: the chain ends.
            guard earlier.link?.sequence == link.sequence - 1,
                earlier.run?.runIdentifier == last.run?.runIdentifier
            else {
                throw Console.fail(
                    .damaged, "\(previous): not the file of this run before \(files[0].0)")
            }
            files.insert((previous, earlier), at: 0)
        }
        paths = files.map(\.0)
        run = last.run
        for (path, file) in files {
            if damage == nil, let first = file.damages.first { damage = "\(path): \(first)" }
            ticks += file.ticks
            guard let run = file.run ?? parts.last?.run ?? last.run else { continue }
            if parts.last?.run.revision == run.revision {
                parts[parts.count - 1].ticks += file.ticks
            } else {
                parts.append((run, file.ticks))
            }
        }
        if case .torn(let byte, let lost) = last.tail {
            tornAtByte = byte
            lostBytes = lost
        }
    }

    private static func read(_ path: String) throws -> RecordFile {
        do throws(RecordFault) {
            return try RecordFile(path: path)
        } catch {
            switch error {
            case .notARecord: throw Console.fail(.damaged, "\(path): \(error)")
            case .io(let fault):
                throw Console.fail(fault.code == 13 ? .notPermitted : .missing, "\(fault)")
            }
        }
    }

    var tailMessage: String? {
        tornAtByte.map { "torn at byte \($0): the last \(lostBytes ?? 0) bytes are no whole chunk" }
    }
}
