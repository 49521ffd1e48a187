import CTOML
import Glibc

/// Reads and checks a configuration file.
///
/// Set-up only: it allocates and reads a file of at most 1 MiB.
package func load(path: String) throws(ConfigurationError) -> Settings {
    try parse(bytes: try readFile(path), path: path)
}

/// The tree of a TOML file that is no configuration: a suite of plants, or a plant.
///
/// Set-up only. The file is at most 1 MiB.
package func loadTable(path: String) throws(ConfigurationError) -> TOMLTable {
    try parseTable(bytes: try readFile(path), path: path)
}

/// The same of a text; `path` is the name that messages use.
package func parseTable(text: String, path: String) throws(ConfigurationError) -> TOMLTable {
    try parseTable(bytes: Array(text.utf8), path: path)
}

private func parseTable(bytes: [UInt8], path: String) throws(ConfigurationError) -> TOMLTable {
    do throws(TOMLError) {
        return try TOMLParser.parse(bytes)
    } catch {
        throw ConfigurationError(
            Problem(path: path, position: error.position, key: "", found: error.message))
    }
}

/// Checks a configuration given as text; `path` is the name that messages use.
package func parse(text: String, path: String) throws(ConfigurationError) -> Settings {
    try parse(bytes: Array(text.utf8), path: path)
}

/// Checks a configuration given as bytes, which need not be valid UTF-8.
package func parse(bytes: [UInt8], path: String) throws(ConfigurationError) -> Settings {
    var reader = SettingsReader(try parseTable(bytes: bytes, path: path), path: path)
    return try reader.read(text: String(decoding: bytes, as: UTF8.self))
}

/// The bytes of a file.
///
/// - Parameter limit: of its length in bytes; one more is read, so that the parser can say so.
package func readFile(
    _ path: String, limit: Int = Int(CTOML_MAX_BYTES)
) throws(ConfigurationError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while bytes.count <= limit {
        let wanted = min(chunk.count, limit + 1 - bytes.count)
        let count = unsafe chunk.withUnsafeMutableBytes { buffer in
            unsafe Glibc.read(descriptor, buffer.baseAddress, wanted)
        }
        if count == 0 { break }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw unreadable(path, errno) }
        bytes.append(contentsOf: chunk.prefix(count))
    }
    return bytes
}

private func unreadable(_ path: String, _ code: Int32) -> ConfigurationError {
    let reason: ConfigurationError.Reason =
        switch code {
        case ENOENT, ENOTDIR: .missing
        case EACCES, EPERM: .notPermitted
        default: .unreadable
        }
    let message = unsafe String(cString: strerror(code))
    let problem = Problem(
        path: path, position: nil, key: "", found: "cannot be read: \(message)")
    return ConfigurationError(reason: reason, problems: [problem])
}
