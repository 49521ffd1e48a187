/// The plants by name: what there is, what it can be given, and the plant itself.
///
/// `let plant = try PlantCatalog.plant(named: "tclab", parameters: ["ambient_c": 18])`
package enum PlantCatalog {
    /// The names, in the order of the documentation.
    package static var names: [String] { PlantKind.allCases.map(\.rawValue) }

    /// The kind of a name.
    package static func kind(named name: String) throws(PlantFault) -> PlantKind {
        guard let kind = PlantKind(rawValue: name) else {
            throw .unknownPlant(found: name, allowed: names)
        }
        return kind
    }

    /// The description of one plant.
    package static func entry(named name: String) throws(PlantFault) -> PlantEntry {
        try PlantEntry(kind(named: name))
    }

    /// A plant with the given parameters, and defaults for those not given.
    package static func plant(
        named name: String, parameters: [String: Double] = [:]
    ) throws(PlantFault) -> AnyPlant<Double> {
        try plant(kind(named: name), parameters: parameters, in: Double.self)
    }

    /// A plant whose equations are computed in another scalar.
    package static func plant<Scalar: PlantScalar>(
        _ kind: PlantKind, parameters: [String: Double] = [:], in scalar: Scalar.Type
    ) throws(PlantFault) -> AnyPlant<Scalar> {
        let values = try PlantParameterValues(parameters, for: kind)
        return switch kind {
        case .fopdt: .linear(try FopdtParameters.plant(values))
        case .lag: .linear(try LagParameters.plant(values))
        case .underdamped: .linear(try UnderdampedParameters.plant(values))
        case .integrator: .linear(try IntegratorParameters.plant(values))
        case .inverseResponse: .linear(try InverseResponseParameters.plant(values))
        case .tclab: .tclab(TclabParameters.plant(values))
        case .heater: .heater(HeaterParameters.plant(values))
        case .motor: .motor(MotorParameters.plant(values))
        case .tank: .tank(TankParameters.plant(values))
        case .quadrupleTank: .quadrupleTank(QuadrupleTankParameters.plant(values))
        case .cstr: .cstr(CstrParameters.plant(values))
        case .jacket: .jacket(JacketParameters.plant(values))
        }
    }
}
