import Episodes
package import ModelFile
import Tuning

/// A learned law in single precision: what is trained, and later written down in integers.
///
/// `I <- I + ki s R(e)`, `v = I + q`, `u = clip(v)`, `I <- I + kt (u - v)`; q is the first output of the
/// network, s = 1, or 2 sigma of the second output where the law is gated; R clips to the integral's
/// reach.
package struct FloatLaw: Equatable, Sendable {
    package let layout: LawLayout
    package var features: [LawFeature]
    package var parameters: [Float]
    /// Forget gate above which training charges for a unit's memory: 1 charges for none. What is to
    /// be held for ever is the integrator's; units that hold for as long make a loop hunt slowly.
    package var longestMemory: Float = 1
    /// Magnitude of a cell above which training charges for it: the supervisor trusts no law whose
    /// cells clip.
    package var largestCell = Float.infinity
    /// For laws that are trained: well within the range of 16.
    package static let usualLargestCell: Float = 12

    package init(layout: LawLayout, features: [LawFeature], parameters: [Float]) {
        precondition(features.count == layout.features && parameters.count == layout.count)
        self.layout = layout
        self.features = features
        self.parameters = parameters
    }

    /// A law before training: random gates, forget biases spread over 0 ... 3 so that the units begin
    /// with memories of 2 to 20 samples, and outputs near nothing.
    ///
    /// - Parameter integral: integral gain a sample to begin with, that of a PI by rule.
    package init(
        features: [LawFeature], units: Int, isGated: Bool, integral: Double, seed: UInt64
    ) {
        layout = LawLayout(features: features.count, units: units, isGated: isGated)
        self.features = features
        parameters = [Float](repeating: 0, count: layout.count)
        var random = EpisodeRandom(seed: seed, stream: 0x1A3)
        let inputScale = 0.7 / Double(layout.features).squareRoot()
        let hiddenScale = 0.5 / Double(units).squareRoot()
        for row in 0..<layout.rows {
            for column in 0..<layout.columns {
                let scale = column < layout.features ? inputScale : hiddenScale
                parameters[row * layout.columns + column] = Float(random.normal() * scale)
            }
        }
        for unit in 0..<units {
            let spread = units > 1 ? 3 * Double(unit) / Double(units - 1) : 1.5
            parameters[layout.biases.lowerBound + units + unit] = Float(spread)
            parameters[layout.outputWeights.lowerBound + unit] =
                Float(random.normal() * 0.05 / Double(units).squareRoot())
        }
        parameters[layout.logIntegral] = Float(PortableMath.ln(integral))
        parameters[layout.logitTracking] = -2.5
    }

    package var integral: Double { PortableMath.exp(Double(parameters[layout.logIntegral])) }

    package var tracking: Double {
        1 / (1 + PortableMath.exp(-Double(parameters[layout.logitTracking])))
    }

    /// Most that the magnitudes of an output's weights may sum to: below 8, where the integers end.
    private static let outputReach: Float = 7.9

    /// Shrinks the output rows to what the integers hold: no output of the network is ever cut off.
    mutating func boundOutputs() {
        for output in 0..<layout.outputs {
            let start = layout.outputWeights.lowerBound + output * layout.units
            var places = Array(start..<(start + layout.units))
            if output == 1 { places.append(layout.gateBias) }
            let sum = places.reduce(0) { $0 + parameters[$1].magnitude }
            guard sum > Self.outputReach else { continue }
            for place in places { parameters[place] *= Self.outputReach / sum }
        }
    }

    /// Integral gain in every lane, for the plants of a block.
    func integrals(_ conditions: [Lanes]) -> Lanes {
        Float(integral) * (conditions.last ?? Lanes(repeating: 1))
    }

    /// Error up to which the integral counts it in full: in integers a candidate of the integrator's
    /// cell ends at one output range, in parts of a scale that is a power of two.
    func integralReaches(_ gains: Lanes) -> Lanes {
        let widest: Float = layout.isGated ? 2 : 1
        var reaches = Lanes(repeating: 1)
        for lane in 0..<Lanes.scalarCount {
            while widest * gains[lane] * reaches[lane] > 1 { reaches[lane] /= 2 }
        }
        return reaches
    }

    /// The law for one process, from one that was trained for all of them.
    package func conditioned(on coordinates: ProcessCoordinates) -> FloatLaw {
        var result = self
        for (index, feature) in features.enumerated() {
            result.features[index].gain *= feature.scale.value(coordinates)
            result.features[index].scale = .fixed
        }
        result.parameters[layout.logIntegral] += Float(
            PortableMath.ln(coordinates.integralGain))
        return result
    }

    /// Weights of the gates, column by column: for the way back.
    var transposedWeights: [Float] {
        let (rows, columns) = (layout.rows, layout.columns)
        var result = [Float](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            for column in 0..<columns {
                result[column * rows + row] = parameters[row * columns + column]
            }
        }
        return result
    }
}
