/// A parameter of the simulated plant, in the plant's unit.
package struct PlantParameter: Equatable, Sendable {
    package var name: String
    package var value: Double
    /// Where the name is written.
    package var namePosition: Position
    /// Where the number is written.
    package var position: Position
}
