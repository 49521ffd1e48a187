/// Why a plant or its simulation could not be set up.
///
/// Each names what was found and what is allowed.
public enum PlantFault: Error, Equatable, Sendable {
    case unknownPlant(found: String, allowed: [String])
    case unknownParameter(plant: String, found: String, allowed: [String])
    case parameterOutOfRange(
        plant: String, parameter: String, found: Double, allowed: ClosedRange<Double>)
    case parameterNotWhole(plant: String, parameter: String, found: Double)
    /// A linear plant without a pole, or with more than its limit.
    case unusableOrder(found: Int, allowed: ClosedRange<Int>)
    /// A lag, a natural time or a damping that is not positive, or a gain of zero.
    case notPositive(quantity: String, found: Double)
    /// A zero that would let the input through to the output at once.
    case zeroWithoutSecondPole
    case unusablePeriod(foundSeconds: Double, allowedSeconds: ClosedRange<Double>)
    case unusableDeadTime(foundSeconds: Double, allowedSeconds: ClosedRange<Double>)
    /// The plant is so fast for its period that one period would take too many substeps.
    case tooManySubsteps(found: Double, limit: Int)
    /// No input holds the plant still at the outputs asked for.
    case noEquilibrium
    case wrongCount(of: PlantFault.Quantity, found: Int, expected: Int)

    /// What there can be too few or too many of.
    public enum Quantity: String, Sendable {
        case inputs, outputs, states
    }
}
