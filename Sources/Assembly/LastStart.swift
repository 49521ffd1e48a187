package import Configuration
import FoundationEssentials
import ModelFile

/// What the daemon last drove: the configuration that it started with, kept beside its state.
///
/// For `flyball safe`, which must turn off what was driven, not what the file says by now.
package enum LastStart {
    static let fileName = "last-start.toml"

    /// - Returns: why it could not be written, or nothing.
    package static func write(_ settings: Settings, directory: String) -> String? {
        do throws(ModelFault) {
            try RegularFile.write(Data(settings.text.utf8), to: "\(directory)/\(fileName)")
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// - Returns: nothing when there is no such file, or none that can be used.
    package static func read(directory: String) -> Settings? {
        try? load(path: "\(directory)/\(fileName)")
    }
}
