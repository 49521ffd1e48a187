/// The checked parameters of one plant: those given, and defaults for the others.
struct PlantParameterValues: Sendable {
    private let given: [String: Double]

    /// Checks each given value against the parameters that `kind` has.
    init(_ given: [String: Double], for kind: PlantKind) throws(PlantFault) {
        let parameters = kind.parameters
        for (name, value) in given.sorted(by: { $0.key < $1.key }) {
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                throw .unknownParameter(
                    plant: kind.rawValue, found: name, allowed: parameters.map(\.name))
            }
            guard parameter.range.contains(value) else {
                throw .parameterOutOfRange(
                    plant: kind.rawValue, parameter: name, found: value, allowed: parameter.range)
            }
            if parameter.isWhole, value != value.rounded() {
                throw .parameterNotWhole(plant: kind.rawValue, parameter: name, found: value)
            }
        }
        self.given = given
    }

    /// The value of a parameter of the checked kind.
    subscript(parameter: PlantParameter) -> Double {
        given[parameter.name] ?? parameter.defaultValue
    }
}
