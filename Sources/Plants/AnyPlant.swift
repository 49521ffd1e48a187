/// Any plant of the catalog as one type, so that a name chosen at run time needs no existential.
public enum AnyPlant<Scalar: PlantScalar>: Plant {
    case linear(LinearPlant<Scalar>)
    case tclab(TclabPlant<Scalar>)
    case heater(HeaterPlant<Scalar>)
    case motor(MotorPlant<Scalar>)
    case tank(TankPlant<Scalar>)
    case quadrupleTank(QuadrupleTankPlant<Scalar>)
    case cstr(CstrPlant<Scalar>)
    case jacket(JacketPlant<Scalar>)

    public var inputs: [PlantSignal] {
        switch self {
        case .linear(let plant): plant.inputs
        case .tclab(let plant): plant.inputs
        case .heater(let plant): plant.inputs
        case .motor(let plant): plant.inputs
        case .tank(let plant): plant.inputs
        case .quadrupleTank(let plant): plant.inputs
        case .cstr(let plant): plant.inputs
        case .jacket(let plant): plant.inputs
        }
    }

    public var outputs: [PlantSignal] {
        switch self {
        case .linear(let plant): plant.outputs
        case .tclab(let plant): plant.outputs
        case .heater(let plant): plant.outputs
        case .motor(let plant): plant.outputs
        case .tank(let plant): plant.outputs
        case .quadrupleTank(let plant): plant.outputs
        case .cstr(let plant): plant.outputs
        case .jacket(let plant): plant.outputs
        }
    }

    public var stateCount: Int {
        switch self {
        case .linear(let plant): plant.stateCount
        case .tclab(let plant): plant.stateCount
        case .heater(let plant): plant.stateCount
        case .motor(let plant): plant.stateCount
        case .tank(let plant): plant.stateCount
        case .quadrupleTank(let plant): plant.stateCount
        case .cstr(let plant): plant.stateCount
        case .jacket(let plant): plant.stateCount
        }
    }

    public var deadTimeSeconds: Double {
        switch self {
        case .linear(let plant): plant.deadTimeSeconds
        case .tclab(let plant): plant.deadTimeSeconds
        case .heater(let plant): plant.deadTimeSeconds
        case .motor(let plant): plant.deadTimeSeconds
        case .tank(let plant): plant.deadTimeSeconds
        case .quadrupleTank(let plant): plant.deadTimeSeconds
        case .cstr(let plant): plant.deadTimeSeconds
        case .jacket(let plant): plant.deadTimeSeconds
        }
    }

    public var typicalPeriodSeconds: Double {
        switch self {
        case .linear(let plant): plant.typicalPeriodSeconds
        case .tclab(let plant): plant.typicalPeriodSeconds
        case .heater(let plant): plant.typicalPeriodSeconds
        case .motor(let plant): plant.typicalPeriodSeconds
        case .tank(let plant): plant.typicalPeriodSeconds
        case .quadrupleTank(let plant): plant.typicalPeriodSeconds
        case .cstr(let plant): plant.typicalPeriodSeconds
        case .jacket(let plant): plant.typicalPeriodSeconds
        }
    }

    public var maximumSubstepSeconds: Double {
        switch self {
        case .linear(let plant): plant.maximumSubstepSeconds
        case .tclab(let plant): plant.maximumSubstepSeconds
        case .heater(let plant): plant.maximumSubstepSeconds
        case .motor(let plant): plant.maximumSubstepSeconds
        case .tank(let plant): plant.maximumSubstepSeconds
        case .quadrupleTank(let plant): plant.maximumSubstepSeconds
        case .cstr(let plant): plant.maximumSubstepSeconds
        case .jacket(let plant): plant.maximumSubstepSeconds
        }
    }

    public var initialOutput: [Scalar] {
        switch self {
        case .linear(let plant): plant.initialOutput
        case .tclab(let plant): plant.initialOutput
        case .heater(let plant): plant.initialOutput
        case .motor(let plant): plant.initialOutput
        case .tank(let plant): plant.initialOutput
        case .quadrupleTank(let plant): plant.initialOutput
        case .cstr(let plant): plant.initialOutput
        case .jacket(let plant): plant.initialOutput
        }
    }

    @inlinable
    @_lifetime(rate: copy rate)
    public func derivative(
        state: Span<Scalar>, input: Span<Scalar>, into rate: inout MutableSpan<Scalar>
    ) {
        switch self {
        case .linear(let plant): plant.derivative(state: state, input: input, into: &rate)
        case .tclab(let plant): plant.derivative(state: state, input: input, into: &rate)
        case .heater(let plant): plant.derivative(state: state, input: input, into: &rate)
        case .motor(let plant): plant.derivative(state: state, input: input, into: &rate)
        case .tank(let plant): plant.derivative(state: state, input: input, into: &rate)
        case .quadrupleTank(let plant): plant.derivative(state: state, input: input, into: &rate)
        case .cstr(let plant): plant.derivative(state: state, input: input, into: &rate)
        case .jacket(let plant): plant.derivative(state: state, input: input, into: &rate)
        }
    }

    @inlinable
    public func output(_ index: Int, state: Span<Scalar>) -> Scalar {
        switch self {
        case .linear(let plant): plant.output(index, state: state)
        case .tclab(let plant): plant.output(index, state: state)
        case .heater(let plant): plant.output(index, state: state)
        case .motor(let plant): plant.output(index, state: state)
        case .tank(let plant): plant.output(index, state: state)
        case .quadrupleTank(let plant): plant.output(index, state: state)
        case .cstr(let plant): plant.output(index, state: state)
        case .jacket(let plant): plant.output(index, state: state)
        }
    }

    public func equilibrium(output: [Scalar]) throws(PlantFault) -> PlantEquilibrium<Scalar> {
        switch self {
        case .linear(let plant): try plant.equilibrium(output: output)
        case .tclab(let plant): try plant.equilibrium(output: output)
        case .heater(let plant): try plant.equilibrium(output: output)
        case .motor(let plant): try plant.equilibrium(output: output)
        case .tank(let plant): try plant.equilibrium(output: output)
        case .quadrupleTank(let plant): try plant.equilibrium(output: output)
        case .cstr(let plant): try plant.equilibrium(output: output)
        case .jacket(let plant): try plant.equilibrium(output: output)
        }
    }
}
