/// Which law acted, as a picture shows it. The raw values are those of the records.
package enum RunState: UInt8, Sendable, CaseIterable {
    /// The safe level was driven; no law acted.
    case safe = 0
    /// The PID acted.
    case fallback = 1
    /// The learned law acted.
    case learned = 2

    var label: String {
        switch self {
        case .safe: "safe"
        case .fallback: "fallback (PID)"
        case .learned: "learned"
        }
    }

    var tint: Tint {
        switch self {
        case .safe: .alarm
        case .fallback: .caution
        case .learned: .quiet
        }
    }
}
