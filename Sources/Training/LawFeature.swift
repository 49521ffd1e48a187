package import Control
import Episodes
package import ModelFile

/// One input of a float law: a quantity of the loop times a gain, as `Control.Feature` in integers.
package struct LawFeature: Equatable, Sendable {
    package var source: FeatureSource
    package var gain: Double
    /// What multiplies the gain once the process is known.
    package var scale: FeatureScale
    /// Where the input ends, in training as in integers: there it is 1, and this is in the weights.
    package var reach: Double

    /// - Parameter reach: when not given, a change of a whole range fits, or of a quarter of the span
    ///   in one sample.
    package init(
        _ source: FeatureSource, gain: Double, scale: FeatureScale = .fixed, reach: Double? = nil
    ) {
        self.source = source
        self.gain = gain
        self.scale = scale
        let largest = source == .measurementChange ? 4.0 : 1
        self.reach = reach ?? max(1, gain.magnitude / largest)
    }

    /// The gain in every lane, for the plants of a block.
    func gains(_ conditions: [Lanes]) -> Lanes {
        guard let index = FeatureScale.allCases.firstIndex(of: scale), scale != .fixed else {
            return Lanes(gain)
        }
        return Float(gain) * conditions[index]
    }

    /// The seven inputs of the specialists: error, slopes and levels, scaled so that usual values
    /// lie within -1 ... 1.
    ///
    /// - Parameters:
    ///   - spans: measurement spans per unit of output: 2 where the span is -1 ... 1.
    ///   - ranges: command ranges per unit of command: the same.
    package static func usual(spans: Double = 1, ranges: Double = 1) -> [LawFeature] {
        [
            LawFeature(.error, gain: 4 * spans),
            LawFeature(.measurementChange, gain: 15 * spans),
            LawFeature(.setpointChange, gain: 4 * spans),
            LawFeature(.commandChange, gain: 5 * ranges),
            LawFeature(.measurement, gain: 1),
            LawFeature(.setpoint, gain: 1),
            LawFeature(.command, gain: 1),
        ]
    }

    /// The inputs of the generalist: error and slopes in units of what a PI by rule would answer, at
    /// two scales, levels, and what is known of the process.
    package static let conditional: [LawFeature] = {
        func feature(
            _ source: FeatureSource, _ gain: Double, _ scale: FeatureScale
        ) -> LawFeature {
            LawFeature(source, gain: gain, scale: scale, reach: 1)
        }
        return [
            feature(.error, 0.5, .loopGain), feature(.error, 4, .loopGain),
            feature(.measurementChange, 2, .loopGain),
            feature(.measurementChange, 15, .loopGain),
            feature(.measurementChange, 15, .fixed), feature(.setpointChange, 1, .loopGain),
            feature(.commandChange, 4, .fixed), feature(.command, 1, .fixed),
            feature(.constant, 1, .gainCoordinate),
            feature(.constant, 1, .deadTimeCoordinate),
            feature(.constant, 1, .timeCoordinate), feature(.constant, 1, .onsetCoordinate),
            feature(.constant, 1, .tailCoordinate),
            feature(.constant, 1, .integratingCoordinate),
        ]
    }()
}

/// What the features of a law are computed from, and the adjoints of the same.
struct LoopQuantities {
    var error = Lanes.zero
    var measurementChange = Lanes.zero
    var setpointChange = Lanes.zero
    var commandChange = Lanes.zero
    var measurement = Lanes.zero
    var setpoint = Lanes.zero
    var command = Lanes.zero

    /// The value of a feature before its gain.
    func value(_ source: FeatureSource) -> Lanes {
        switch source {
        case .error: error
        case .measurementChange: measurementChange
        case .setpointChange: setpointChange
        case .commandChange: commandChange
        case .measurement: 2 * measurement - 1
        case .setpoint: 2 * setpoint - 1
        case .command: 2 * command - 1
        case .constant: Lanes(repeating: 1)
        }
    }

    /// Adds the adjoint of a feature before its gain. Setpoints are given: they need none.
    mutating func add(_ adjoint: Lanes, to source: FeatureSource) {
        switch source {
        case .error: error += adjoint
        case .measurementChange: measurementChange += adjoint
        case .commandChange: commandChange += adjoint
        case .measurement: measurement += 2 * adjoint
        case .command: command += 2 * adjoint
        case .setpointChange, .setpoint, .constant: break
        }
    }
}
