/// Where the parameters of a law lie in one vector of numbers.
///
/// Rows of the gates (input, forget, output, candidate; unit by unit) over the operand (features,
/// then hidden values), their biases, rows of the outputs over the hidden values, the bias of the
/// integrator's gate, and the logarithm and logit of the integral and the tracking gain.
package struct LawLayout: Equatable, Sendable {
    package let features: Int
    package let units: Int
    /// The second output, where there is one, gates the integrator.
    package let isGated: Bool

    package init(features: Int, units: Int, isGated: Bool) {
        self.features = features
        self.units = units
        self.isGated = isGated
    }

    package var columns: Int { features + units }
    package var rows: Int { 4 * units }
    package var outputs: Int { isGated ? 2 : 1 }

    package var weights: Range<Int> { 0..<(rows * columns) }
    package var biases: Range<Int> { weights.upperBound..<(weights.upperBound + rows) }
    package var outputWeights: Range<Int> {
        biases.upperBound..<(biases.upperBound + outputs * units)
    }
    package var gateBias: Int { outputWeights.upperBound }
    package var logIntegral: Int { gateBias + 1 }
    package var logitTracking: Int { gateBias + 2 }
    package var count: Int { gateBias + 3 }
}
