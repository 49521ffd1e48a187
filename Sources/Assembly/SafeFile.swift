import FoundationEssentials
import Glibc
import ModelFile

/// Small files that a power cut leaves whole: the old one or the new one.
enum SafeFile {
    /// - Parameter new: where it is written first, in the same directory.
    static func replace(
        _ path: String, by new: String, _ content: Data
    ) throws(CheckpointFault) {
        let file = unsafe open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw fault() }
        defer { close(file) }
        var written = 0
        while written < content.count {
            let count = unsafe content.withUnsafeBytes { bytes in
                unsafe Glibc.write(
                    file, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw fault() }
            written += count
        }
        guard fsync(file) == 0 else { throw fault() }
        guard unsafe rename(new, path) == 0 else { throw fault() }
        synchronizeDirectory(of: path)
    }

    /// Without it the new name may not outlive a power cut; the old file then does.
    private static func synchronizeDirectory(of path: String) {
        guard let slash = path.lastIndex(of: "/") else { return }
        let directory = unsafe open(String(path[...slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    /// The content of a regular file; nothing when there is none.
    static func read(_ path: String, byteLimit: Int) throws(CheckpointFault) -> Data? {
        guard exists(path) else { return nil }
        let content: Data
        do throws(ModelFault) {
            content = try RegularFile.read(path: path, limit: byteLimit + 1)
        } catch {
            throw CheckpointFault("\(error)")
        }
        guard content.count <= byteLimit else {
            throw CheckpointFault("larger than \(byteLimit) bytes")
        }
        return content
    }

    static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }

    static func remove(_ path: String) {
        _ = unsafe unlink(path)
    }

    private static func fault() -> CheckpointFault {
        CheckpointFault(unsafe String(cString: strerror(errno)))
    }
}
