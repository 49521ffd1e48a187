import Glibc

/// What a conditioned law is told about its process: gains by rule, and the shape of its step response
/// in samples.
///
/// The response of an integrating process is that of its slope. Four times are read off it, those at
/// which it has gone 10, 28, 63 and 90 % of the way; so every identified model, and every plant, is
/// described alike, whatever its form. `T = 1.5 (t63 - t28)` and `L = t63 - T` are the first-order
/// model with dead time of Sundaresan and Krishnaswamy (Can. J. Chem. Eng. 56, 1978); the gains are
/// those of SIMC for it, half a sample of dead time added for the hold.
package struct ProcessCoordinates: Equatable, Sendable {
    /// Proportional gain by rule, command range per measurement span.
    package let loopGain: Double
    /// Integral gain by rule, the same a sample.
    package let integralGain: Double
    /// In the order of `FeatureScale`, each within -1 ... 1.
    package let shape: [Double]

    /// Samples into a step response after which it has gone a share of the way.
    package struct StepTimes: Equatable, Sendable {
        package var tenth: Double
        package var early: Double
        package var main: Double
        package var late: Double

        /// Shares of the way; the middle ones are 1 - e^(-1/3) and 1 - 1/e.
        package static let shares = [0.1, 0.283_468_689, 0.632_120_559, 0.9]

        package init(tenth: Double, early: Double, main: Double, late: Double) {
            self.tenth = tenth
            self.early = early
            self.main = main
            self.late = late
        }
    }

    /// - Parameters:
    ///   - gain: measurement spans per command range; of an integrating process, spans a sample.
    ///     Its sign does not matter here.
    ///   - times: of the step response, in samples.
    package init(gain: Double, times: StepTimes, isIntegrating: Bool) {
        let lag = max(1.5 * (times.main - times.early), 0.05)
        let dead = max(times.main - lag, 0) + 0.5
        let size = max(gain.magnitude, 1e-6)
        let integralSamples: Double
        if isIntegrating {
            let late = dead + lag / 2
            loopGain = 1 / (2 * size * late)
            integralSamples = 8 * late
        } else {
            loopGain = lag / (2 * size * dead)
            integralSamples = min(lag, 8 * dead)
        }
        integralGain = loopGain / integralSamples
        let main = times.main + 0.5
        let values = [
            log(loopGain) / 4, 2 * dead / (dead + lag) - 1, log(main / 20) / 2,
            2 * (times.tenth + 0.5) / main - 1, ((times.late + 0.5) / main - 1.65) / 0.65,
            isIntegrating ? 1 : 0,
        ]
        // Off the last bits of a library's logarithm: the same on every machine.
        shape = values.map { (min(max($0, -1), 1) * 0x1p24).rounded() * 0x1p-24 }
    }
}

/// What multiplies the gain of a feature of a conditioned law.
package enum FeatureScale: String, CaseIterable, Sendable {
    /// One: the gain is that of the model.
    case fixed
    /// The proportional gain by rule.
    case loopGain = "loop_gain"
    /// Logarithm of the loop gain.
    case gainCoordinate = "gain"
    /// Dead time against the sum of dead time and lag.
    case deadTimeCoordinate = "dead_time"
    /// Logarithm of the time of the response in samples.
    case timeCoordinate = "time"
    /// How late the response begins, and how long it goes on.
    case onsetCoordinate = "onset"
    case tailCoordinate = "tail"
    /// 1 for an integrating process.
    case integratingCoordinate = "integrating"

    package func value(_ coordinates: ProcessCoordinates) -> Double {
        switch self {
        case .fixed: 1
        case .loopGain: coordinates.loopGain
        case .gainCoordinate: coordinates.shape[0]
        case .deadTimeCoordinate: coordinates.shape[1]
        case .timeCoordinate: coordinates.shape[2]
        case .onsetCoordinate: coordinates.shape[3]
        case .tailCoordinate: coordinates.shape[4]
        case .integratingCoordinate: coordinates.shape[5]
        }
    }
}
