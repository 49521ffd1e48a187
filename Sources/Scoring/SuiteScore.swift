import Episodes
package import Training

/// Scores of a law, or of a law for each plant, on a suite: every plant and class, losses included.
package struct SuiteScore: Codable, Sendable {
    package var suite: String
    /// What ratios without a name are over: PID*, or the better SIMC where PID* was left out.
    package var reference: String
    package var plants: [Evaluation]
    /// Plants without a score, and why.
    package var absent: [Absent]
    package var classes: [ClassSummary]
    /// Geometric mean of the cost over each baseline, all plants and classes.
    package var geomeanCostOver: [String: Double]
    /// Plants and classes in which the law costs more than the reference, the worst first.
    package var losses: [Loss]
    /// Share of single episodes in which PID* was better.
    package var episodesLostToOptimal: Double?
    package var targets: [TargetResult]

    package struct Absent: Codable, Equatable, Sendable {
        package var plant: String
        package var reason: String
    }

    package struct ClassSummary: Codable, Equatable, Sendable {
        package var signal: String
        package var geomeanCostOver: [String: Double]
        package var geomeanErrorOver: [String: Double]
        /// Largest cost over the reference, and where.
        package var worst: Double
        package var worstPlant: String
        package var episodesLostToOptimal: Double?
    }

    package struct Loss: Codable, Equatable, Sendable {
        package var plant: String
        package var signal: String
        package var costOver: Double
    }

    package init(
        _ suite: Suite, reference: String, plants: [Evaluation], absent: [Absent]
    ) {
        self.suite = suite.name
        self.reference = reference
        self.plants = plants
        self.absent = absent
        classes = suite.scope.classes.compactMap {
            Self.summary($0.rawValue, plants, reference: reference)
        }
        let scores = plants.flatMap(\.classes)
        geomeanCostOver = Self.geomeans(scores)
        losses = plants.flatMap { plant in
            plant.classes.compactMap { score in
                guard let over = score.over(reference), !(over <= 1) else { return nil }
                return Loss(plant: plant.family, signal: score.signal, costOver: over)
            }
        }.sorted { $0.costOver > $1.costOver }
        episodesLostToOptimal = Self.meanLosses(scores)
        targets = suite.targets.map { target in
            TargetResult(
                target, plants.flatMap { target.values(of: $0) }, isWhole: absent.isEmpty)
        }
    }

    private static let baselines = [
        Baselines.optimalName, Baselines.limitedName, Baselines.betterSIMC, "simc_pi", "simc_pid",
        "amigo_pi", "amigo_pid",
    ]

    private static func summary(
        _ signal: String, _ plants: [Evaluation], reference: String
    ) -> ClassSummary? {
        let found = plants.compactMap { plant in
            plant.classes.first { $0.signal == signal }.map { (plant.family, $0) }
        }
        let ratios = found.map { ($0.0, $0.1.over(reference) ?? .nan) }
        guard let worst = ratios.max(by: { $0.1 < $1.1 }) else { return nil }
        let scores = found.map(\.1)
        return ClassSummary(
            signal: signal, geomeanCostOver: geomeans(scores),
            geomeanErrorOver: geomeans(scores, \.errorOver), worst: worst.1, worstPlant: worst.0,
            episodesLostToOptimal: meanLosses(scores))
    }

    /// Of every baseline that all scores have.
    private static func geomeans(
        _ scores: [Evaluation.ClassScore],
        _ ratios: KeyPath<Evaluation.ClassScore, [String: Double]> = \.costOver
    ) -> [String: Double] {
        guard !scores.isEmpty else { return [:] }
        var result: [String: Double] = [:]
        for name in baselines {
            let values = scores.compactMap { score in
                name == Baselines.betterSIMC
                    ? Evaluation.ClassScore.overBetter(
                        score[keyPath: ratios]["simc_pi"], score[keyPath: ratios]["simc_pid"])
                    : score[keyPath: ratios][name]
            }
            if values.count == scores.count { result[name] = Averages.geomean(values) }
        }
        return result
    }

    private static func meanLosses(_ scores: [Evaluation.ClassScore]) -> Double? {
        let shares = scores.compactMap(\.lossesToOptimal)
        guard !shares.isEmpty, shares.count == scores.count else { return nil }
        return shares.reduce(0, +) / Double(shares.count)
    }
}

extension Target {
    /// The values that one plant adds to a target.
    package func values(of plant: Evaluation) -> [Double?] {
        switch quantity {
        case .cost:
            return scores(of: plant).map { $0.over(over ?? "") }
        case .error:
            return scores(of: plant).map { $0.errorRatio(over ?? "") }
        case .corner: return [plant.reference == over ? plant.worstCorner : nil]
        case .sensitivity: return [plant.worstPeak]
        case .medianOffset: return [plant.hold.medianOffset]
        case .worstOffset: return [plant.hold.worstOffset]
        case .ripple: return [plant.hold.worstRipple]
        case .limitCycles: return [Double(plant.limitCycles.sustained)]
        case .fixedOverFloat: return [plant.fixedOverFloat]
        case .setpointError, .overshoot, .travel: return []
        }
    }

    private func scores(of plant: Evaluation) -> [Evaluation.ClassScore] {
        plant.classes.filter { signal == nil || $0.signal == signal?.rawValue }
    }
}

extension Evaluation.ClassScore {
    /// Error over that of a baseline, or of the better of SIMC-PI and SIMC-PID.
    package func errorRatio(_ baseline: String) -> Double? {
        guard baseline == Baselines.betterSIMC else { return errorOver[baseline] }
        return Self.overBetter(errorOver["simc_pi"], errorOver["simc_pid"])
    }
}
