package import Tuning

/// Sixteen linear plants, sampled exactly: `x <- F x + now u + before u'`, `y = C x`.
///
/// Plants of lower order are padded with states that stay at zero.
package struct LinearLanes: LanePlant {
    package let stateCount: Int
    private var transition: [Lanes]
    private var now: [Lanes]
    private var before: [Lanes]
    private var readout: [Lanes]
    /// Elements of the transition that are not zero in every lane: row * stateCount + column.
    private var pattern: [Int]

    /// - Precondition: sixteen plants.
    package init(_ plants: [SampledStateSpace]) {
        precondition(plants.count == Lanes.scalarCount)
        let count = plants.map(\.now.count).max() ?? 0
        stateCount = count
        transition = [Lanes](repeating: .zero, count: count * count)
        now = [Lanes](repeating: .zero, count: count)
        before = now
        readout = now
        for (lane, plant) in plants.enumerated() {
            for row in 0..<plant.now.count {
                now[row][lane] = Float(plant.now[row])
                before[row][lane] = Float(plant.before[row])
                readout[row][lane] = Float(plant.c[row])
                for column in 0..<plant.now.count {
                    transition[row * count + column][lane] =
                        Float(plant.transition[row, column])
                }
            }
        }
        let elements = transition
        pattern = elements.indices.filter { elements[$0] != .zero }
    }

    package var jacobianCount: Int { 0 }

    package func output(_ state: Span<Lanes>) -> Lanes {
        var sum = Lanes.zero
        for index in 0..<stateCount { sum += readout[index] * state[index] }
        return sum
    }

    package func advance(_ scratch: inout LaneScratch, now newest: Lanes, before older: Lanes) {
        for index in 0..<stateCount {
            scratch.spare[index] = now[index] * newest + before[index] * older
        }
        for place in pattern {
            scratch.spare[place / stateCount] +=
                transition[place] * scratch.state[place % stateCount]
        }
        swap(&scratch.state, &scratch.spare)
    }

    @_lifetime(jacobian: copy jacobian)
    package func advance(
        _ scratch: inout LaneScratch, now newest: Lanes, before older: Lanes,
        jacobian: inout MutableSpan<Lanes>, from start: Int
    ) {
        advance(&scratch, now: newest, before: older)
    }

    package func pullBack(
        _ adjoint: inout [Lanes], _ scratch: inout LaneScratch, jacobian: Span<Lanes>
    ) -> (now: Lanes, before: Lanes) {
        var (newest, older) = (Lanes.zero, Lanes.zero)
        for index in 0..<stateCount {
            newest += now[index] * adjoint[index]
            older += before[index] * adjoint[index]
            scratch.spare[index] = .zero
        }
        for place in pattern {
            scratch.spare[place % stateCount] +=
                transition[place] * adjoint[place / stateCount]
        }
        swap(&adjoint, &scratch.spare)
        return (newest, older)
    }

    package func addOutput(_ adjoint: Lanes, to state: inout [Lanes]) {
        for index in 0..<stateCount { state[index] += readout[index] * adjoint }
    }
}
