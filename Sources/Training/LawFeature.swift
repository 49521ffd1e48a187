package import Control
import Episodes

/// One input of a float law: a quantity of the loop times a gain, as `Control.Feature` in integers.
package struct LawFeature: Equatable, Sendable {
    package var source: FeatureSource
    package var gain: Double

    package init(_ source: FeatureSource, gain: Double) {
        self.source = source
        self.gain = gain
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
