import Foundation
import Glibc

/// Small files that a power cut leaves whole: the old one or the new one.
enum SafeFile {
    /// - Parameter new: where it is written first, in the same directory.
    static func replace(_ path: String, by new: String, _ content: Data) throws {
        guard FileManager.default.createFile(atPath: new, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: new))
        defer { try? file.close() }
        try file.write(contentsOf: content)
        try file.synchronize()
        guard unsafe rename(new, path) == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
        synchronizeDirectory(of: path)
    }

    /// Without it the new name may not outlive a power cut; the old file then does.
    private static func synchronizeDirectory(of path: String) {
        let name = (path as NSString).deletingLastPathComponent
        let directory = unsafe open(name, O_RDONLY | O_DIRECTORY)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    /// The content of a regular file; nothing when there is none.
    static func read(_ path: String, byteLimit: Int) throws -> Data? {
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfItem(atPath: path)
        } catch CocoaError.fileReadNoSuchFile {
            return nil
        }
        // A pipe would keep its reader waiting.
        guard attributes[.type] as? FileAttributeType == .typeRegular,
            let size = attributes[.size] as? Int, size <= byteLimit
        else { throw CocoaError(.fileReadCorruptFile) }
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }
}
