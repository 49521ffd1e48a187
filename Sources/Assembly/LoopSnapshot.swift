package import Control

/// A loop after a tick as it goes into a checkpoint, on its way from the control thread to the
/// one that writes it.
package struct LoopSnapshot: BitwiseCopyable, Sendable {
    package var loop: UInt8
    /// Which configuration the loop had: counted up by each reload.
    package var revision: UInt32
    package var tick: UInt64
    /// Since the start of the loop's profile.
    package var elapsedNanoseconds: UInt64
    /// Raw value of `SupervisorState`.
    package var state: UInt8
    package var isLatched: Bool
    /// The operator asked for the safe level.
    package var isHeldSafe: Bool
    /// A law acted, not an operator or an experiment.
    package var isLawActing: Bool
    package var memory: LawMemory

    package init(
        _ record: TickRecord, revision: UInt32, elapsedNanoseconds: UInt64, memory: LawMemory
    ) {
        loop = record.loop
        self.revision = revision
        tick = record.tick
        self.elapsedNanoseconds = elapsedNanoseconds
        state = record.state
        isLatched = record.latched != 0
        isHeldSafe = record.isHeldSafe
        isLawActing =
            record.state != SupervisorState.safe.rawValue
            && record.source == CommandSource.law.rawValue
        self.memory = memory
    }
}

extension TickRecord {
    /// In the safe state because the operator has asked for it.
    package var isHeldSafe: Bool {
        state == SupervisorState.safe.rawValue && cause == SupervisorCause.requested.rawValue
    }
}
