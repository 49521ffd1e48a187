/// A low-order model with dead time, as rules and identification use it:
/// `gain exp(-dead s) / ((1 + T1 s)(1 + T2 s))`, with another `1/s` when it integrates.
package struct ProcessModel: Equatable, Sendable {
    /// Measurement unit for each actuator unit; for an integrating process per second.
    package var gain: Double
    /// Time constants in seconds, the largest first: one or two, for an integrating process also
    /// none.
    package var lags: [Double]
    package var deadTimeSeconds: Double
    package var isIntegrating: Bool

    /// - Throws: when the gain is 0, a time negative, or anything not finite.
    package init(
        gain: Double, lags: [Double], deadTimeSeconds: Double, isIntegrating: Bool = false
    ) throws(TuningFault) {
        guard gain != 0, gain.isFinite else {
            throw .unusableProcess("the gain is \(gain); allowed: finite and not 0")
        }
        guard deadTimeSeconds >= 0, deadTimeSeconds.isFinite else {
            throw .unusableProcess("the dead time is \(deadTimeSeconds) s; allowed: 0 or more")
        }
        let times = lags.sorted(by: >)
        guard times.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw .unusableProcess("a time constant is not above 0")
        }
        guard times.count <= 2, isIntegrating || !times.isEmpty else {
            throw .unusableProcess("\(times.count) time constants; allowed: 1 or 2")
        }
        self.gain = gain
        self.lags = times
        self.deadTimeSeconds = deadTimeSeconds
        self.isIntegrating = isIntegrating
    }

    package var transferFunction: TransferFunction {
        get throws(TuningFault) {
            try TransferFunction(
                gain: gain, lags: lags, integrators: isIntegrating ? 1 : 0,
                deadTimeSeconds: deadTimeSeconds)
        }
    }

    /// The same process with more dead time: half a sampling period, for a law that samples.
    package func with(moreDeadTimeSeconds more: Double) -> ProcessModel {
        var model = self
        model.deadTimeSeconds += more
        return model
    }

    /// First order by the half rule; an integrating process keeps its integrator only.
    package var reducedToFirstOrder: ProcessModel {
        get throws(TuningFault) {
            try ProcessModel.byHalfRule(
                gain: gain, lags: lags, deadTimeSeconds: deadTimeSeconds,
                isIntegrating: isIntegrating, order: 1)
        }
    }

    /// Few lags in place of many by the half rule: half of the largest lag that is dropped goes to
    /// the smallest that is kept, and half to the dead time; all smaller ones go to the dead time,
    /// as do inverse responses and half a sampling period (Skogestad, J. Process Control 13, 2003).
    ///
    /// - Parameters:
    ///   - inverseZeros: times T0 of factors `1 - T0 s`.
    ///   - order: 1 or 2: lags to keep, the integrator counted as one without end.
    package static func byHalfRule(
        gain: Double, lags: [Double], inverseZeros: [Double] = [], deadTimeSeconds: Double,
        isIntegrating: Bool = false, periodSeconds: Double = 0, order: Int
    ) throws(TuningFault) -> ProcessModel {
        var rest = lags.filter { $0 > 0 }.sorted(by: >)
        let kept = isIntegrating ? order - 1 : order
        var dead = deadTimeSeconds + inverseZeros.reduce(0, +) + periodSeconds / 2
        var large = Array(rest.prefix(kept))
        rest.removeFirst(large.count)
        if let next = rest.first {
            if !large.isEmpty { large[large.count - 1] += next / 2 }
            dead += next / 2 + rest.dropFirst().reduce(0, +)
        }
        return try ProcessModel(
            gain: gain, lags: large, deadTimeSeconds: dead, isIntegrating: isIntegrating)
    }
}
