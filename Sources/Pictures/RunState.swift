/// Which law acted, as a picture shows it. The raw values are those of the records.
package enum RunState: UInt8, Sendable, CaseIterable {
    /// The safe level was driven; no law acted.
    case safe = 0
    /// The PID acted in the place of the learned law.
    case fallback = 1
    /// The learned law acted.
    case learned = 2
    /// The PID acted as the law that was asked for; records say `fallback` and what was requested.
    case pid = 3

    var label: String {
        switch self {
        case .safe: "safe"
        case .fallback: "fallback (PID)"
        case .learned: "learned"
        case .pid: "PID"
        }
    }

    var tint: Tint {
        switch self {
        case .safe: .alarm
        case .fallback: .caution
        case .learned, .pid: .quiet
        }
    }
}
