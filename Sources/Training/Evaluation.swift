/// Scores of a law on one family, against PIDs tuned by rule and by optimisation, in the same run.
package struct Evaluation: Codable, Sendable {
    package var family: String
    package var periodSeconds: Double
    package var classes: [ClassScore]
    /// What corners are compared with: PID*, or the better SIMC where PID* was left out.
    package var reference: String
    /// Cost over that of the reference in the nine corners of mismatch, gain first.
    package var corners: [Double]
    /// Peak of the sensitivity of law and PID* at operating points from low to high; absent where a
    /// loop does not come to rest.
    package var operatingPoints: [OperatingPoint]
    package var hold: Hold
    /// Loops that keep swinging without noise.
    package var limitCycles: LimitCycles
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
        /// Share of single episodes in which PID* was better; absent where it was left out.
        package var lossesToOptimal: Double?

        /// Cost over that of a baseline, or of the better of SIMC-PI and SIMC-PID.
        package func over(_ baseline: String) -> Double? {
            guard baseline == Baselines.betterSIMC else { return costOver[baseline] }
            return Self.overBetter(costOver["simc_pi"], costOver["simc_pid"])
        }

        /// The better baseline is the one that leaves the larger ratio.
        package static func overBetter(_ first: Double?, _ second: Double?) -> Double? {
            guard let first, let second else { return first ?? second }
            return max(first, second)
        }
    }

    package struct OperatingPoint: Codable, Sendable {
        package var output: Double
        package var law: Double?
        package var optimal: Double?
    }

    /// The worst of a list of ratios; for a report.
    package var worstCorner: Double { corners.max() ?? .infinity }

    package var worstPeak: Double {
        operatingPoints.map { $0.law ?? .infinity }.max() ?? .infinity
    }
}
