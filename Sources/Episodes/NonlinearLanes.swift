import Plants
import Tuning

/// Sixteen plants of the catalog with parameters of their own, integrated by Runge-Kutta steps.
///
/// Derivatives of a step come from the same equations in dual numbers, one direction at a time.
package struct NonlinearLanes: LanePlant {
    private let plant: AnyPlant<Lanes>
    private let derivatives: AnyPlant<LaneDual>
    /// Plant input for a command of one.
    private let inputUnit: Lanes
    /// Which state the output follows one to one; the plant's output at one of 0, and the span.
    private let measured: Int
    private let low: Float
    private let span: Float
    private let substep: Double
    private let substeps: Int

    /// - Parameter substepSeconds: longest Runge-Kutta step.
    init(
        plant: AnyPlant<Lanes>, derivatives: AnyPlant<LaneDual>, inputUnit: Lanes, measured: Int,
        low: Double, span: Double, periodSeconds: Double, substepSeconds: Double
    ) {
        self.plant = plant
        self.derivatives = derivatives
        self.inputUnit = inputUnit
        self.measured = measured
        self.low = Float(low)
        self.span = Float(span)
        substeps = max(1, Int((periodSeconds / substepSeconds).rounded(.up)))
        substep = periodSeconds / Double(substeps)
    }

    package var stateCount: Int { plant.stateCount }
    package var jacobianCount: Int { stateCount * (stateCount + 1) }

    package func output(_ state: Span<Lanes>) -> Lanes {
        (plant.output(0, state: state) - low) / span
    }

    package func advance(_ scratch: inout LaneScratch, now: Lanes, before: Lanes) {
        scratch.input[0] = now * inputUnit
        scratch.method.advance(
            plant, state: &scratch.state, input: scratch.input, substep: Lanes(substep),
            count: substeps)
    }

    @_lifetime(jacobian: copy jacobian)
    package func advance(
        _ scratch: inout LaneScratch, now: Lanes, before: Lanes,
        jacobian: inout MutableSpan<Lanes>, from start: Int
    ) {
        let count = stateCount
        let one = Lanes(repeating: 1)
        for direction in 0...count {
            for index in 0..<count {
                scratch.dual[index] = LaneDual(
                    scratch.state[index], slope: index == direction ? one : .zero)
            }
            scratch.dualInput[0] = LaneDual(
                now * inputUnit, slope: direction == count ? inputUnit : .zero)
            scratch.dualMethod.advance(
                derivatives, state: &scratch.dual, input: scratch.dualInput,
                substep: LaneDual(substep), count: substeps)
            for index in 0..<count {
                jacobian[start + direction * count + index] = scratch.dual[index].slope
            }
        }
        for index in 0..<count { scratch.state[index] = scratch.dual[index].value }
    }

    package func pullBack(
        _ adjoint: inout [Lanes], _ scratch: inout LaneScratch, jacobian: Span<Lanes>
    ) -> (now: Lanes, before: Lanes) {
        let count = stateCount
        var input = Lanes.zero
        for direction in 0...count {
            var sum = Lanes.zero
            for index in 0..<count { sum += jacobian[direction * count + index] * adjoint[index] }
            if direction < count { scratch.spare[direction] = sum } else { input = sum }
        }
        swap(&adjoint, &scratch.spare)
        return (input, .zero)
    }

    package func addOutput(_ adjoint: Lanes, to state: inout [Lanes]) {
        state[measured] += adjoint / span
    }

    /// The step of one lane about a state, from its derivatives.
    func linearised(
        lane: Int, state: [Lanes], command: Lanes, delay: Int
    ) -> SampledStateSpace {
        let count = stateCount
        var scratch = LaneScratch(stateCount: count)
        scratch.state = state
        var slopes = [Lanes](repeating: .zero, count: jacobianCount)
        var room = slopes.mutableSpan
        advance(&scratch, now: command, before: command, jacobian: &room, from: 0)
        var transition = Matrix(rows: count, columns: count)
        for row in 0..<count {
            for column in 0..<count {
                transition[row, column] = Double(slopes[column * count + row][lane])
            }
        }
        let zeros = [Double](repeating: 0, count: count)
        var readout = zeros
        readout[measured] = 1 / Double(self.span)
        return SampledStateSpace(
            transition: transition,
            now: (0..<count).map { Double(slopes[count * count + $0][lane]) }, before: zeros,
            c: readout, delay: delay)
    }

    /// The state and the command that hold an output.
    func equilibrium(output: Lanes) throws(PlantFault) -> (state: [Lanes], command: Lanes) {
        let rest = try plant.equilibrium(output: [output * span + low])
        return (rest.state, rest.input[0] / inputUnit)
    }
}
