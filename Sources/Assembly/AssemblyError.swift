package import Configuration
package import ModelFile

/// Why a configuration that is well-formed cannot run.
package enum AssemblyError: Error, CustomStringConvertible {
    case configuration(ConfigurationError)
    case model(path: String, ModelFault)
    /// The file in which `flyball tune` left what it found.
    case state(path: String, isMissing: Bool, String)

    package var description: String {
        switch self {
        case .configuration(let error): error.description
        case .model(let path, let fault): "\(path): \(fault.description)"
        case .state(let path, _, let problem): "\(path): \(problem)"
        }
    }
}
