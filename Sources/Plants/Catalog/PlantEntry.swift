/// What the catalog says about one plant, for configuration, the tool and the reference page.
package struct PlantEntry: Sendable {
    package let kind: PlantKind
    /// One line.
    package let summary: String
    package let parameters: [PlantParameter]
    package let inputs: [PlantSignal]
    package let outputs: [PlantSignal]
    /// The outputs with which a simulation starts, and the inputs that hold it there.
    package let initialOutput: [Double]
    package let initialInput: [Double]
    package let typicalPeriodSeconds: Double

    package var name: String { kind.rawValue }

    /// Describes `kind` with its default parameters.
    init(_ kind: PlantKind) throws(PlantFault) {
        let plant = try PlantCatalog.plant(kind, in: Double.self)
        self.kind = kind
        summary = kind.summary
        parameters = kind.parameters
        inputs = plant.inputs
        outputs = plant.outputs
        initialOutput = plant.initialOutput
        initialInput = try plant.equilibrium(output: plant.initialOutput).input
        typicalPeriodSeconds = plant.typicalPeriodSeconds
    }
}
