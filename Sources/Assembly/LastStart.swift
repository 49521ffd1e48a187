package import Configuration
import Foundation

/// What the daemon last drove: the configuration that it started with, kept beside its state.
///
/// For `flyball safe`, which must turn off what was driven, not what the file says by now.
package enum LastStart {
    static let fileName = "last-start.toml"

    /// - Returns: why it could not be written, or nothing.
    package static func write(_ settings: Settings, directory: String) -> String? {
        do {
            try Data(settings.text.utf8).write(
                to: URL(fileURLWithPath: directory).appendingPathComponent(fileName),
                options: .atomic)
            return nil
        } catch {
            return error.localizedDescription
        }
    }

    /// - Returns: nothing when there is no such file, or none that can be used.
    package static func read(directory: String) -> Settings? {
        try? load(path: "\(directory)/\(fileName)")
    }
}
