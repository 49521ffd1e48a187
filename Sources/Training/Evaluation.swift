package import Episodes
package import Tuning

/// Scores of a law on one family, against PIDs tuned by rule and by optimisation, in the same run.
package struct Evaluation: Codable, Sendable {
    package var family: String
    package var periodSeconds: Double
    package var classes: [ClassScore]
    /// Cost over that of PID* in the nine corners of mismatch, gain first.
    package var corners: [Double]
    /// Peak of the sensitivity of law and PID* at operating points from low to high; absent where a
    /// loop does not come to rest.
    package var operatingPoints: [OperatingPoint]
    package var hold: Hold
    /// Cost of the integers over that of the floating-point law, worst class; absent for a law that
    /// only exists in integers.
    package var fixedOverFloat: Double?
    /// Share of ticks in which the supervisor let another law act.
    package var strayShare: Double

    package struct ClassScore: Codable, Sendable {
        package var signal: String
        /// Mean cost and mean error of the law, per episode.
        package var cost: Double
        package var error: Double
        /// Cost and error over those of each baseline.
        package var costOver: [String: Double]
        package var errorOver: [String: Double]
        /// Share of single episodes in which PID* was better.
        package var lossesToOptimal: Double
    }

    package struct OperatingPoint: Codable, Sendable {
        package var output: Double
        package var law: Double?
        package var optimal: Double?
    }

    /// The error long after a load: parts of the span.
    package struct Hold: Codable, Sendable {
        package var medianOffset: Double
        package var worstOffset: Double
        package var worstRipple: Double
    }

    /// The worst of a list of ratios; for a report.
    package var worstCorner: Double { corners.max() ?? .infinity }

    package var worstPeak: Double {
        operatingPoints.map { $0.law ?? .infinity }.max() ?? .infinity
    }
}

/// What a law is compared with.
package struct Baselines: Sendable {
    /// PID*, by name "pid*"; then the rules.
    package var gains: [(name: String, gains: SamplePIDGains)]

    package static let optimalName = "pid*"

    package init(_ family: PlantFamily, optimal: SamplePIDGains) throws(TuningFault) {
        gains = [(Self.optimalName, optimal)]
        let rules: [(String, TuningRule)] = [
            ("simc_pi", .simcPI), ("simc_pid", .simcPID), ("amigo_pi", .amigoPI),
            ("amigo_pid", .amigoPID),
        ]
        for (name, rule) in rules { gains.append((name, try SamplePIDGains(rule, family))) }
    }

    package var optimal: SamplePIDGains { gains[0].gains }
}
