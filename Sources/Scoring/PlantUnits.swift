/// The units that a plant's numbers are in, against the normalised ones of episodes.
package struct PlantUnits: Equatable, Sendable {
    /// Output at a normalised one of 0, and from there to 1.
    package var outputLow = 0.0
    package var outputSpan = 1.0
    /// Command at a normalised one of 0, and from there to 1.
    package var commandZero = 0.0
    package var commandUnit = 1.0

    package init() {}

    package func normalised(output: Double) -> Double { (output - outputLow) / outputSpan }
    package func output(_ normalised: Double) -> Double { outputLow + normalised * outputSpan }
    package func command(_ normalised: Double) -> Double { commandZero + normalised * commandUnit }
}
