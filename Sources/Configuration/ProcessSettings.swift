/// What is known of the process of a loop: `y = rest + gain u` behind one or two lags and a dead
/// time.
package struct ProcessSettings: Equatable, Sendable {
    /// Sensor's unit for each unit of the output.
    package var gain: Double
    package var lagSeconds: Double
    package var secondLagSeconds: Double
    package var deadTimeSeconds: Double
    /// The measurement without a command.
    package var rest: Double

    /// First lag and dead time of the same process with one lag: Skogestad's half rule (*J. Process
    /// Control* 13 (2003) 291). The lag is the longer of the two and half of the shorter, the dead
    /// time takes the other half.
    var reduced: (lagSeconds: Double, deadTimeSeconds: Double) {
        let (long, short) = (max(lagSeconds, secondLagSeconds), min(lagSeconds, secondLagSeconds))
        return (long + short / 2, deadTimeSeconds + short / 2)
    }

    /// The command that holds a measurement.
    func command(holding measurement: Double) -> Double {
        (measurement - rest) / gain
    }

    /// How far the measurement moves in a time after a change of the command by `step`.
    func move(_ step: Double, withinSeconds seconds: Double) -> Double {
        let model = reduced
        let acting = max(0, seconds - model.deadTimeSeconds)
        return gain.magnitude * step * (1 - Exponential.decay(acting / model.lagSeconds))
    }
}
