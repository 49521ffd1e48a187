package import Configuration
package import Control
import FixedPoint
import ModelFile

/// What the loops of a run tell each other from tick to tick: each what the one outside asks for and
/// whether it can, and what the one inside does with it.
///
/// A class, so that its array is never copied; made at set-up, then touched by the control thread alone,
/// without an allocation. Only the inputs of a
/// tick come from here: the record has them, and a replay needs nothing else.
package final class CascadeLinks {
    private var sides: [CascadeSide]
    /// The loops in the order in which they run within a tick.
    package let order: [Int]

    package init(_ settings: Settings) {
        order = settings.tickOrder
        sides = settings.loops.indices.map { index in
            var side = CascadeSide()
            let loop = settings.loops[index]
            side.outer = settings.outer(ofLoop: index)
            side.inner = loop.cascade?.inner.index
            side.holdsWhenLost = loop.cascade?.holdsWhenLost ?? true
            side.isReversed = loop.pid.kp < 0
            // The configuration has checked that it fits.
            side.ownSetpoint = Q16_16(loop.setpoint) ?? Q16_16(bits: 0)
            return side
        }
    }

    /// Takes over what may change in a run: the loops' own setpoints and the sign of their gains.
    package func revise(_ new: CascadeLinks) {
        for index in sides.indices {
            sides[index].isReversed = new.sides[index].isReversed
            sides[index].ownSetpoint = new.sides[index].ownSetpoint
        }
    }

    /// Fills in what the other loops say; called after the operator's orders.
    ///
    /// - Parameter isOnItsOwn: the operator has given the loop a setpoint or a command.
    package func fill(_ input: inout TickInput, loop index: Int, isOnItsOwn: Bool) {
        sides[index].isOnItsOwn = isOnItsOwn
        if let outer = sides[index].outer { take(from: sides[outer], &input, loop: index) }
        if let inner = sides[index].inner {
            follow(sides[inner], &input, isSafe: sides[index].isSafe)
        }
    }

    /// Keeps what a loop did in its tick.
    package func take(_ record: TickRecord, loop index: Int) {
        let wasSafe = sides[index].isSafe
        sides[index].record = record
        guard sides[index].isSafe, let cause = SupervisorCause(rawValue: record.cause) else {
            sides[index].isLost = false
            return
        }
        let isLoss: Bool =
            switch cause {
            case .sensorLost, .sensorStuck, .sensorDisagreement: record.latched == 0
            default: false
            }
        // What began as something else stays so: a reading beyond a limit, and then none.
        sides[index].isLost = isLoss && (sides[index].isLost || !wasSafe)
    }

    /// What the loop outside asks for.
    private func take(from outer: CascadeSide, _ input: inout TickInput, loop index: Int) {
        let isOnItsOwn = sides[index].isOnItsOwn
        var state = outer.stateForInner
        // The operator answers for a loop that has been taken over, but not against a limit outside.
        if isOnItsOwn && state != .safe { state = .none }
        input.cascade.outer = state
        guard !isOnItsOwn else { return }
        switch state {
        case .acts:
            sides[index].target = outer.record?.output
            input.target = outer.record?.output ?? input.target
        case .lost where outer.holdsWhenLost:
            input.target = sides[index].target ?? sides[index].ownSetpoint
        default: input.target = sides[index].ownSetpoint
        }
    }

    /// What the loop inside does with what it is asked for.
    private func follow(_ inner: CascadeSide, _ input: inout TickInput, isSafe: Bool) {
        guard let record = inner.record else { return }
        let law = record.source == CommandSource.law.rawValue
        guard !isSafe, !inner.isSafe, law, !inner.isOnItsOwn else {
            let isKnown =
                record.cause != SupervisorCause.starting.rawValue || record.sensorFault == 0
            let place = inner.isSafe || !law ? record.estimate : record.setpoint
            input.cascade.tracking = isKnown ? place : inner.ownSetpoint
            return
        }
        let isHigh = record.isAtHighEnd || record.limited & 1 != 0
        let isLow = record.isAtLowEnd || record.limited & 2 != 0
        input.cascade.isLimitedHigh = inner.isReversed ? isLow : isHigh
        input.cascade.isLimitedLow = inner.isReversed ? isHigh : isLow
    }
}
