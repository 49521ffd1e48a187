/// The classic fourth-order Runge-Kutta method with its working memory.
///
/// The step is fixed, so that the result is the same on every run and the cost of a period is
/// known. It allocates at set-up only.
public struct RungeKutta<Scalar: PlantScalar>: Sendable {
    @usableFromInline var rate: [Scalar]
    @usableFromInline var total: [Scalar]
    @usableFromInline var trial: [Scalar]

    public init(stateCount: Int) {
        // One array for all three would be copied, and allocated, by the first step.
        rate = [Scalar](repeating: Scalar(0), count: stateCount)
        total = [Scalar](repeating: Scalar(0), count: stateCount)
        trial = [Scalar](repeating: Scalar(0), count: stateCount)
    }

    /// Advances `state` by `count` steps of `substep` seconds under a constant input.
    /// - Complexity: four derivatives a step.
    @inlinable
    public mutating func advance<P: Plant>(
        _ plant: P, state: inout [Scalar], input: [Scalar], substep: Scalar, count: Int
    ) where P.Scalar == Scalar {
        Self.advance(
            plant, state: &state, input: input, substep: substep, count: count,
            rate: &rate, total: &total, trial: &trial)
    }

    @inlinable
    public static func advance<P: Plant>(
        _ plant: P, state: inout [Scalar], input: [Scalar], substep: Scalar, count: Int,
        rate: inout [Scalar], total: inout [Scalar], trial: inout [Scalar]
    ) where P.Scalar == Scalar {
        let half = substep * Scalar(0.5)
        let sixth = substep * Scalar(1.0 / 6)
        let two = Scalar(2)
        let states = state.count
        let inputSpan = input.span
        var rateSpan = rate.mutableSpan
        var totalSpan = total.mutableSpan
        var trialSpan = trial.mutableSpan
        var stateSpan = state.mutableSpan
        for _ in 0..<count {
            plant.derivative(state: stateSpan.span, input: inputSpan, into: &rateSpan)
            for i in 0..<states {
                totalSpan[i] = rateSpan[i]
                trialSpan[i] = stateSpan[i] + half * rateSpan[i]
            }
            plant.derivative(state: trialSpan.span, input: inputSpan, into: &rateSpan)
            for i in 0..<states {
                totalSpan[i] = totalSpan[i] + two * rateSpan[i]
                trialSpan[i] = stateSpan[i] + half * rateSpan[i]
            }
            plant.derivative(state: trialSpan.span, input: inputSpan, into: &rateSpan)
            for i in 0..<states {
                totalSpan[i] = totalSpan[i] + two * rateSpan[i]
                trialSpan[i] = stateSpan[i] + substep * rateSpan[i]
            }
            plant.derivative(state: trialSpan.span, input: inputSpan, into: &rateSpan)
            for i in 0..<states {
                stateSpan[i] = stateSpan[i] + sixth * (totalSpan[i] + rateSpan[i])
            }
        }
    }
}
