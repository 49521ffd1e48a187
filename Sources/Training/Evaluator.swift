package import Episodes
package import ModelFile

/// Runs the evaluation of a law on a family: every class, every corner, every baseline.
package struct Evaluator: Sendable {
    package let family: PlantFamily
    package let baselines: Baselines
    private let scope: Scope

    /// How much is run.
    package struct Scope: Equatable, Sendable {
        package var classes = SignalClass.allCases
        /// Blocks of sixteen episodes for each class, and of long holds.
        package var blocks = 16
        package var holdBlocks = 4
        package var seed: UInt64 = 777

        package init() {}
    }

    /// Where in the range of setpoints margins are measured.
    private static let operatingPoints = [0.1, 0.3, 0.5, 0.7, 0.9]

    package init(_ family: PlantFamily, baselines: Baselines, scope: Scope = Scope()) {
        self.family = family
        self.baselines = baselines
        self.scope = scope
    }

    /// - Parameter float: the law that the model was made of, where there is one.
    package func run(_ model: Model, float: FloatLaw?) throws -> Evaluation {
        let law = try Candidate(model, fallback: baselines.fallback)
        var generator = EpisodeGenerator(family, seed: scope.seed, stream: 31)
        var classes: [Evaluation.ClassScore] = []
        var fixedOverFloat: Double?
        var (strays, ticks) = (0, 0)
        for signal in scope.classes {
            let episodes = try generator.test(signal, blocks: scope.blocks)
            let costs = Parallel.map(episodes) { law.run($0) }
            strays += costs.reduce(0) { $0 + $1.strayTicks }
            ticks += episodes.count * episodes[0].count * Lanes.scalarCount
            classes.append(score(signal, costs.map(\.cost), episodes))
            if let float {
                let reference = Self.total(
                    Parallel.map(episodes) { block in
                        var lanes = FloatLawLanes(float)
                        return Rollout.run(block, &lanes)
                    }
                ).cost
                let ratio = Self.total(costs.map(\.cost)).cost / reference
                fixedOverFloat = max(fixedOverFloat ?? 0, ratio)
            }
        }
        return Evaluation(
            family: family.name, periodSeconds: family.periodSeconds, classes: classes,
            reference: baselines.references.name, corners: try corners(law, &generator),
            operatingPoints: try margins(law), hold: try hold(law, &generator),
            limitCycles: try LimitCycleSearch(family).run { law.lanes },
            fixedOverFloat: fixedOverFloat, strayShare: Double(strays) / Double(max(1, ticks)))
    }

    /// The law that is evaluated, as the product runs it.
    private struct Candidate: Sendable {
        let model: Model
        let fallback: SamplePIDGains

        init(_ model: Model, fallback: SamplePIDGains) throws(ModelFault) {
            self.model = model
            self.fallback = fallback
            _ = try LoopLanes(model, fallback: fallback)
        }

        var lanes: LoopLanes {
            guard let lanes = try? LoopLanes(model, fallback: fallback) else {
                preconditionFailure("checked when this was made")
            }
            return lanes
        }

        func run(
            _ block: EpisodeBlock, watch: Rollout.Watch? = nil
        ) -> (cost: Rollout.Cost, strayTicks: Int) {
            var lanes = lanes
            let cost = Rollout.run(block, &lanes, watch: watch)
            return (cost, lanes.strayTicks)
        }
    }

    // MARK: Classes

    private func score(
        _ signal: SignalClass, _ costs: [Rollout.Cost], _ episodes: [EpisodeBlock]
    ) -> Evaluation.ClassScore {
        let (cost, error) = Self.total(costs)
        let count = Double(episodes.count * Lanes.scalarCount)
        var score = Evaluation.ClassScore(
            signal: signal.rawValue, cost: cost / count, error: error / count, costOver: [:],
            errorOver: [:], lossesToOptimal: nil)
        for baseline in baselines.gains {
            let rivals = Self.runs(baseline.gains, episodes)
            let rival = Self.total(rivals)
            score.costOver[baseline.name] = cost / rival.cost
            score.errorOver[baseline.name] = error / rival.error
            guard baseline.name == Baselines.optimalName else { continue }
            var losses = 0
            for (own, other) in zip(costs, rivals) {
                for lane in 0..<Lanes.scalarCount where own.total[lane] > other.total[lane] {
                    losses += 1
                }
            }
            score.lossesToOptimal = Double(losses) / count
        }
        return score
    }

    private static func runs(
        _ gains: SamplePIDGains, _ episodes: [EpisodeBlock]
    ) -> [Rollout.Cost] {
        Parallel.map(episodes) { block in
            var pid = LanePID(LanePIDGains(gains))
            return Rollout.run(block, &pid)
        }
    }

    private static func total(_ costs: [Rollout.Cost]) -> (cost: Double, error: Double) {
        (
            costs.reduce(0) { $0 + $1.total.total }, costs.reduce(0) { $0 + $1.error.total }
        )
    }

    // MARK: Corners, margins, long holds

    private func corners(
        _ law: Candidate, _ generator: inout EpisodeGenerator
    ) throws -> [Double] {
        try generator.corners().map { episodes in
            let own = Self.total(Parallel.map(episodes) { law.run($0).cost }).cost
            let rivals = baselines.references.gains.map {
                Self.total(Self.runs($0, episodes)).cost
            }
            return own / (rivals.min() ?? .nan)
        }
    }

    private func margins(_ law: Candidate) throws -> [Evaluation.OperatingPoint] {
        let range = family.setpoints
        return try Self.operatingPoints.map { part in
            let output = range.lowerBound + part * (range.upperBound - range.lowerBound)
            return Evaluation.OperatingPoint(
                output: output,
                law: try LawProbe.sensitivityPeak(law.lanes, family, output: output),
                optimal: try baselines.optimal.flatMap {
                    try LawProbe.sensitivityPeak(
                        LanePID(LanePIDGains($0)), family, output: output)
                })
        }
    }

    private func hold(
        _ law: Candidate, _ generator: inout EpisodeGenerator
    ) throws -> Evaluation.Hold {
        Evaluation.Hold(
            over: try generator.longHolds(
                blocks: scope.holdBlocks, load: Evaluation.Hold.usualLoad)
        ) { _ = law.run($0, watch: $1) }
    }
}
