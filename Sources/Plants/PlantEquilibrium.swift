/// A state at which a plant stands still, and the input that holds it there.
public struct PlantEquilibrium<Scalar: PlantScalar>: Sendable {
    public var state: [Scalar]
    public var input: [Scalar]

    public init(state: [Scalar], input: [Scalar]) {
        self.state = state
        self.input = input
    }
}
