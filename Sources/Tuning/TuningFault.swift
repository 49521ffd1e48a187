/// Why a process cannot be modelled or tuned; the text names what was found.
package enum TuningFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// A transfer function or a model that no rule can use.
    case unusableProcess(String)
    /// No gain of the wanted kind meets the demand.
    case noSolution(String)
    /// A recording that does not say enough about the process.
    case notInformative(String)
    /// A recording that cannot be read: the line, counted from 1.
    case unreadable(line: Int, String)

    package var description: String {
        switch self {
        case .unusableProcess(let reason): "unusable process: \(reason)"
        case .noSolution(let reason): "no solution: \(reason)"
        case .notInformative(let reason): "the data do not identify the process: \(reason)"
        case .unreadable(let line, let reason): "line \(line): \(reason)"
        }
    }
}
