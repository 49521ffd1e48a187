/// The equations of a process: inputs drive a state, outputs are read from it.
///
/// A plant is a value that holds parameters only; `PlantSimulation` holds the state. Time is in
/// seconds, for every plant. There are as many inputs as outputs, and no output depends directly
/// on an input, so that a held input takes at least one period to show.
///
/// The equations and the simulation are `public` for the optimiser's sake: `@inlinable package`
/// functions are not specialised in other modules, and unspecialised they run eighty times slower.
public protocol Plant: Sendable {
    associatedtype Scalar: PlantScalar

    /// What drives the process, in order.
    var inputs: [PlantSignal] { get }
    /// What is measured, in order.
    var outputs: [PlantSignal] { get }
    /// How many numbers the state has.
    var stateCount: Int { get }

    /// Every input acts so much later; 0 for none.
    var deadTimeSeconds: Double { get }
    /// The period at which a controller of this process would usually run.
    var typicalPeriodSeconds: Double { get }
    /// The longest Runge-Kutta step that keeps the error of the outputs below the tolerance stated
    /// by the tests; infinite when any step is exact.
    var maximumSubstepSeconds: Double { get }

    /// The outputs with which a simulation starts when nothing else is asked for.
    var initialOutput: [Scalar] { get }

    /// The rate of change of each state per second, while the delayed input is `input`.
    @_lifetime(rate: copy rate)
    func derivative(state: Span<Scalar>, input: Span<Scalar>, into rate: inout MutableSpan<Scalar>)

    /// One output, in its unit.
    func output(_ index: Int, state: Span<Scalar>) -> Scalar

    /// The state that stands still at the given outputs, and the input that holds it there.
    ///
    /// It may be an unstable one, and the input may be outside what an actuator can do.
    func equilibrium(output: [Scalar]) throws(PlantFault) -> PlantEquilibrium<Scalar>
}

extension Plant {
    /// Checks that `found` outputs are as many as the plant has.
    func requireOutputs(_ found: Int) throws(PlantFault) {
        if found != outputs.count {
            throw .wrongCount(of: .outputs, found: found, expected: outputs.count)
        }
    }
}
