/// What an operator asks of a loop. The supervisor stands above every one of them.
package enum OperatingMode: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// The law of the configuration, with its fallback.
    case auto = 0
    /// The PID.
    case pid
    /// The learned law, with the PID as its fallback.
    case learned
    /// The PID acts; the learned law computes beside it and is recorded.
    case shadow
    /// The operator's command.
    case manual
    /// The safe level. It also clears a latch when the limit is left.
    case safe

    package init?(name: String) {
        guard let mode = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = mode
    }

    package var name: String { "\(self)" }
}
