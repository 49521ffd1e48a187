import Control
import FixedPoint

/// What is kept of a loop: as it was in its last tick.
struct CascadeSide {
    var outer: Int?
    var inner: Int?
    var holdsWhenLost = true
    /// More command lowers the measurement.
    var isReversed = false
    /// Its own setpoint.
    var ownSetpoint = Q16_16(bits: 0)
    var record: TickRecord?
    /// The operator has given the loop a setpoint or a command.
    var isOnItsOwn = false
    /// It came to its safe state because it lost its measurement, and nothing else since.
    var isLost = false
    /// What it was last asked for by the loop outside.
    var target: Q16_16?

    var isSafe: Bool {
        guard let record else { return true }
        return record.state == SupervisorState.safe.rawValue
    }

    var stateForInner: OuterState {
        guard let record else { return .starting }
        guard record.state == SupervisorState.safe.rawValue else { return .acts }
        if record.cause == SupervisorCause.starting.rawValue { return .starting }
        return isLost ? .lost : .safe
    }
}

extension TickRecord {
    /// What the law that acts asks for, with the feed-forward.
    private var asked: Int64 {
        let isLearned = state == SupervisorState.learned.rawValue
        return Int64((isLearned ? learnedCommand : pidCommand).bits) + Int64(feedForward.bits)
    }

    /// The output is at its end, and the law would go on.
    var isAtHighEnd: Bool { applied >= .one && asked >= Int64(Q3_28.one.bits) }
    var isAtLowEnd: Bool { applied <= .zero && asked <= 0 }
}
