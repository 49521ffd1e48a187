/// What each rule makes of a model, and which of them to take.
///
/// The rules get half a sampling period of dead time more, for the hold. Margins are those of the
/// sampled loop; the IAE is that of a unit step in continuous time with the same half period.
package struct TuningProposal: Sendable {
    /// One set of gains and what it promises on the model.
    package struct Row: Sendable {
        package let title: String
        package let gains: PIDGains
        package let margins: LoopMargins
        /// After a unit step of the setpoint, measurement unit times seconds.
        package let setpointIAE: Double
        /// After a unit step at the input of the process.
        package let loadIAE: Double

        package init(
            title: String, gains: PIDGains, margins: LoopMargins, setpointIAE: Double,
            loadIAE: Double
        ) {
            self.title = title
            self.gains = gains
            self.margins = margins
            self.setpointIAE = setpointIAE
            self.loadIAE = loadIAE
        }
    }

    /// Largest sensitivity peak of what is taken.
    package static let msLimit = 1.6
    /// A derivative has to bring down the load IAE to this share to be worth its noise.
    package static let derivativeShare = 0.8

    /// In the order of the rules; those that cannot be used with the model are left out.
    package let rows: [Row]
    /// The row to take: the smallest load IAE among the PIs with Ms up to 1.6, or the smallest
    /// among such PIDs when that is below 0.8 of it; nil when no row is within the limit.
    package let choice: Int?

    /// - Parameter relay: the ultimate point that a relay showed; the rules that need no more are
    ///   then listed for it as well as for the model's own.
    package init(
        _ model: ProcessModel, periodSeconds: Double, relay: UltimatePoint? = nil
    ) throws(TuningFault) {
        let held = model.with(moreDeadTimeSeconds: periodSeconds / 2)
        let process = try model.transferFunction
        let continuous = try held.transferFunction
        var candidates: [(String, PIDGains)] = []
        for rule in TuningRule.allCases {
            if let gains = try? rule.gains(for: held) { candidates.append((rule.title, gains)) }
        }
        for rule in TuningRule.allCases {
            guard let relay, let gains = try? rule.gains(for: relay) else { continue }
            candidates.append(("\(rule.title), relay", gains))
        }
        for ms in [1.4, 1.6] {
            if let gains = try? OptimalPI.gains(for: continuous, ms: ms) {
                candidates.append(("optimal PI, Ms \(ms)", gains))
            }
        }
        var rows: [Row] = []
        for (title, gains) in candidates {
            let margins = try LoopMargins(gains, on: process, periodSeconds: periodSeconds)
            let smooth = LoopMargins(gains, on: continuous)
            let setpoint = LoopResponse(gains, on: continuous, margins: smooth, to: .setpoint)
            let load = LoopResponse(gains, on: continuous, margins: smooth, to: .load)
            rows.append(
                Row(
                    title: title, gains: gains, margins: margins, setpointIAE: setpoint.iae,
                    loadIAE: load.iae))
        }
        self.rows = rows
        choice = Self.choice(rows)
    }

    private static func choice(_ rows: [Row]) -> Int? {
        // An optimum lies on its limit to 1e-9, and sampling moves it by about a thousandth.
        let safe = rows.indices.filter {
            rows[$0].margins.isStable && rows[$0].margins.ms <= msLimit * 1.005
                && rows[$0].loadIAE.isFinite
        }
        let best = { (places: [Int]) in places.min { rows[$0].loadIAE < rows[$1].loadIAE } }
        let plain = best(safe.filter { rows[$0].gains.tdSeconds == 0 })
        guard let derivative = best(safe.filter { rows[$0].gains.tdSeconds > 0 }) else {
            return plain
        }
        guard let plain else { return derivative }
        return rows[derivative].loadIAE < derivativeShare * rows[plain].loadIAE
            ? derivative : plain
    }
}
