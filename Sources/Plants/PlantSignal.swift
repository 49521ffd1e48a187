/// One input or output of a plant: what it is called and measured in.
public struct PlantSignal: Sendable, Equatable {
    /// What it is, in the field's word: `heater 1`, `level`.
    public let name: String
    /// `C`, `%`, `V`, ...; `1` where the plant is normalised and fits any unit.
    public let unit: String
    /// The values the equations are meant for. Nothing is clamped to it.
    public let range: ClosedRange<Double>

    public init(_ name: String, unit: String, range: ClosedRange<Double>) {
        self.name = name
        self.unit = unit
        self.range = range
    }
}
