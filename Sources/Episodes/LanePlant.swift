import Plants

/// Sixteen plants of one kind, one in each lane, that advance by one period at a time.
///
/// Commands and outputs are normalised: the output is a part of the measurement span, the command
/// of the actuator's unit (0 ... 1, or -1 ... 1 for an actuator with two directions).
package protocol LanePlant: Sendable {
    var stateCount: Int { get }
    /// Numbers that a step leaves behind for the way back.
    var jacobianCount: Int { get }

    func output(_ state: Span<Lanes>) -> Lanes

    /// One period: `now` is the delayed command of its later part, `before` of its earlier part.
    func advance(_ scratch: inout LaneScratch, now: Lanes, before: Lanes)

    /// The same, leaving behind the derivatives of the step, `jacobianCount` from `start` on.
    @_lifetime(jacobian: copy jacobian)
    func advance(
        _ scratch: inout LaneScratch, now: Lanes, before: Lanes,
        jacobian: inout MutableSpan<Lanes>, from start: Int)

    /// From the adjoint of the state after a step to that before it; returns the adjoints of the
    /// two commands.
    func pullBack(
        _ adjoint: inout [Lanes], _ scratch: inout LaneScratch, jacobian: Span<Lanes>
    ) -> (now: Lanes, before: Lanes)

    /// Adds the adjoint of the output to that of the state.
    func addOutput(_ adjoint: Lanes, to state: inout [Lanes])
}

/// Working memory of a lane plant: its state, and room for one step.
package struct LaneScratch {
    package var state: [Lanes]
    var spare: [Lanes]
    var dual: [LaneDual]
    var input = [Lanes.zero]
    var dualInput = [LaneDual(Lanes.zero)]
    var method: RungeKutta<Lanes>
    var dualMethod: RungeKutta<LaneDual>

    package init(stateCount: Int) {
        state = [Lanes](repeating: .zero, count: stateCount)
        spare = state
        dual = [LaneDual](repeating: LaneDual(Lanes.zero), count: stateCount)
        method = RungeKutta(stateCount: stateCount)
        dualMethod = RungeKutta(stateCount: stateCount)
    }
}
