import Foundation

/// Reference pictures kept in the repository, compared byte for byte.
///
/// `UPDATE_GOLDEN=1` in the environment writes them anew; the difference is then read before it is
/// committed.
enum Golden {
    static func text(_ name: String, produced: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Golden/pictures")
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(produced.utf8).write(to: file)
        }
        return try String(contentsOf: file, encoding: .utf8)
    }
}
