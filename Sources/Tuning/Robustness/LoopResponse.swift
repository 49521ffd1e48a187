/// What a PID makes of a unit step on a linear process, in continuous time.
///
/// Between its steps the system is solved exactly, with the command that arrives after the dead
/// time as straight lines: the error falls with the square of the step.
package struct LoopResponse: Equatable, Sendable {
    /// Where the unit step acts.
    package enum Step: Sendable {
        /// Added to the command, before the dead time.
        case load
        case setpoint
    }

    /// Integral of the absolute error, unit times seconds; infinite when it does not settle.
    package private(set) var iae = Double.infinity
    /// Integral of the error; ti / kp for a load when it settles.
    package private(set) var ie = 0.0
    /// Largest magnitude of the error after a load; overshoot past the setpoint otherwise.
    package private(set) var peak = 0.0
    /// Sum of the magnitudes of the command's moves.
    package private(set) var totalVariation = 0.0

    /// Turn in radians, at the peak of the sensitivity, that one step may take.
    private static let turn = 0.03
    private static let stepLimit = 3_000_000
    /// The tail has ended when twice the time adds less than this share.
    private static let tail = 1e-5

    /// - Parameter margins: of the same loop: they give the step.
    package init(
        _ gains: PIDGains, on process: TransferFunction, margins: LoopMargins, to step: Step
    ) {
        guard margins.isStable else { return }
        var system = LoopSystem(
            gains, process, step, longestStep: Self.turn / margins.msFrequency)
        var time = 0.0
        var sums = (absolute: 0.0, signed: 0.0)
        var checkpoint = max(
            5 * (gains.tiSeconds + process.deadTimeSeconds), 100 * system.seconds)
        var atCheckpoint = -1.0
        var error = system.error
        var command = step == .setpoint ? 0 : system.command
        for _ in 0..<Self.stepLimit {
            totalVariation += abs(system.command - command)
            command = system.command
            system.advance()
            let next = system.error
            let change = (error + next) / 2 * system.seconds
            sums.signed += change
            if (error < 0) == (next < 0) {
                sums.absolute += abs(change)
            } else {
                // Two triangles on both sides of the crossing.
                let span = abs(error) + abs(next)
                sums.absolute += (error * error + next * next) / (2 * span) * system.seconds
            }
            peak = max(peak, step == .load ? abs(next) : -next)
            error = next
            time += system.seconds
            guard sums.absolute < 1e9 * system.largestError else { return }
            if time >= checkpoint {
                let more = sums.absolute - atCheckpoint
                if sums.absolute > 0, more <= Self.tail * sums.absolute {
                    iae = sums.absolute
                    ie = step == .load ? -sums.signed : sums.signed
                    return
                }
                atCheckpoint = sums.absolute
                checkpoint *= 2
            }
        }
    }
}
