import Assembly
import Configuration

/// From the text of a configuration to a few ticks of what it describes.
enum ConfigurationFuzz {
    private static let ticks = 16

    static func run(_ bytes: [UInt8]) {
        let settings: Settings
        do throws(ConfigurationError) {
            settings = try parse(bytes: bytes, path: "fuzz.toml")
        } catch {
            expectPlace(error)
            return
        }
        // A fuzzer must not choose files to open.
        guard settings.loops.allSatisfy({ $0.learned?.isFromPID ?? true }) else { return }
        do throws(AssemblyError) {
            if settings.simulation == nil {
                _ = try Controllers(settings)
                return
            }
            var run = try SimulatedRun(settings)
            for _ in 0..<ticks { run.step { _, _ in } }
        } catch {
            FuzzTarget.expectReason(error.description, of: error)
        }
    }

    /// At least one problem, each of this file and with words of its own.
    private static func expectPlace(_ error: ConfigurationError) {
        precondition(!error.problems.isEmpty, "a refusal without a problem")
        precondition(error.problems.count <= ConfigurationError.problemLimit, "too many problems")
        for problem in error.problems {
            FuzzTarget.expectReason(problem.found, of: error)
            precondition(problem.description.hasPrefix("fuzz.toml"), "a problem without its file")
        }
    }
}
