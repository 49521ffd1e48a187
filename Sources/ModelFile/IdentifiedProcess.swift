import Glibc

/// A process as a step test leaves it: gain, one or two lags, dead time.
package struct IdentifiedProcess: Equatable, Sendable {
    /// Measurement spans per command range; of an integrating process, spans a second. Negative
    /// where more command makes less output.
    package let gain: Double
    /// Seconds, above 0: one or two, or none for an integrating process.
    package let lags: [Double]
    /// Seconds, 0 or more.
    package let deadTime: Double
    package let isIntegrating: Bool

    /// - Throws: `illegalValue` for a value that no process has.
    package init(
        gain: Double, lags: [Double], deadTime: Double, isIntegrating: Bool
    ) throws(ModelFault) {
        guard gain.isFinite, gain != 0 else {
            throw .illegalValue(
                key: "process.gain", found: "\(gain)", allowed: "finite and not 0")
        }
        guard lags.count <= 2, isIntegrating || !lags.isEmpty,
            lags.allSatisfy({ $0.isFinite && $0 > 0 })
        else {
            throw .illegalValue(
                key: "process.lags_s", found: "\(lags)", allowed: "one or two times above 0")
        }
        guard deadTime.isFinite, deadTime >= 0 else {
            throw .illegalValue(
                key: "process.dead_time_s", found: "\(deadTime)", allowed: "0 or more")
        }
        self.gain = gain
        self.lags = lags
        self.deadTime = deadTime
        self.isIntegrating = isIntegrating
    }

    /// What a conditioned law is told about it at a sample time.
    package func coordinates(periodSeconds: Double) -> ProcessCoordinates {
        let times = ProcessCoordinates.StepTimes.shares.map { time(of: $0) / periodSeconds }
        return ProcessCoordinates(
            gain: isIntegrating ? gain * periodSeconds : gain,
            times: .init(tenth: times[0], early: times[1], main: times[2], late: times[3]),
            isIntegrating: isIntegrating)
    }

    /// Seconds after which the step response has gone a share of the way, to 1e-9 of its length.
    private func time(of share: Double) -> Double {
        var (low, high) = (0.0, 20 * lags.reduce(0, +))
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if response(middle) < share { low = middle } else { high = middle }
        }
        return deadTime + high
    }

    /// The step response without gain and dead time.
    private func response(_ time: Double) -> Double {
        guard let slow = lags.max() else { return 1 }
        let fast = lags.count > 1 ? lags.min() ?? 0 : 0
        let slowPart = exp(-time / slow)
        guard fast > 1e-6 * slow else { return 1 - slowPart }
        guard slow - fast > 1e-4 * slow else {
            return 1 - (1 + time / slow) * slowPart
        }
        return 1 - (slow * slowPart - fast * exp(-time / fast)) / (slow - fast)
    }
}
