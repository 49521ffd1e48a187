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

    // MARK: How it ended

    /// There from the first tick to the end in order: what finds it at its start comes after a
    /// power cut, a crash or a kill.
    private static let markName = "running"

    package static func endedUncleanly(directory: String) -> Bool {
        SafeFile.exists("\(directory)/\(markName)")
    }

    /// - Returns: why it could not be written, or nothing.
    package static func mark(directory: String) -> String? {
        let path = "\(directory)/\(markName)"
        do throws(CheckpointFault) {
            // Its being there says it all; the boot is for whoever looks.
            let boot = ClockEvidence.now().bootIdentifier
            try SafeFile.replace(path, by: path + ".new", Data("\(boot)\n".utf8))
            return nil
        } catch {
            return error.reason
        }
    }

    /// The end was in order: there is nothing to resume.
    package static func unmark(directory: String) {
        Checkpoint.remove(directory: directory)
        SafeFile.remove("\(directory)/\(markName)")
    }
}
