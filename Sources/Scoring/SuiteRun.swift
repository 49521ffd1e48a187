package import Episodes
package import ModelFile
package import Training

/// Runs a law through a suite, plant after plant.
package struct SuiteRun: Sendable {
    package let suite: Suite
    package var comparison = Comparison()

    /// Which PIDs a law is compared with beside those by rule.
    package struct Comparison: Equatable, Sendable {
        /// PID*, which costs seconds a plant.
        package var hasOptimal = true
        /// PID* under a sensitivity peak of 1.6.
        package var hasLimited = false
        /// Of the searches.
        package var seed: UInt64 = 1

        package init() {}

        package static let sensitivityLimit = 1.6

        package func baselines(
            _ family: PlantFamily, report: (_ label: String, _ part: Double) -> Void
        ) throws -> Baselines {
            func search(_ label: String, limit: Double?) throws -> SamplePIDGains {
                try OptimalPID.search(family, seed: seed, limit: limit) { generation, _ in
                    report(label, Double(generation + 1) / Double(OptimalPID.generations))
                }
            }
            let optimal = hasOptimal ? try search("PID*", limit: nil) : nil
            let limited =
                hasLimited
                ? try search("PID* with Ms up to 1.6", limit: Self.sensitivityLimit) : nil
            return try Baselines(family, optimal: optimal, limited: limited)
        }
    }

    package init(_ suite: Suite) {
        self.suite = suite
    }

    /// - Parameters:
    ///   - model: the law for a plant; what it throws is listed with the plant.
    ///   - report: is given the number of plants done and what is worked on.
    package func run(
        _ model: (PlantFamily) throws -> Model,
        report: (_ done: Int, _ label: String) -> Void
    ) -> SuiteScore {
        var scores: [Evaluation] = []
        var absent: [SuiteScore.Absent] = []
        for (done, plant) in suite.plants.enumerated() {
            let family = plant.family
            report(done, family.name)
            do {
                let law = try model(family)
                let baselines = try comparison.baselines(family) { label, _ in
                    report(done, "\(family.name): \(label)")
                }
                report(done, family.name)
                let evaluator = Evaluator(family, baselines: baselines, scope: suite.scope)
                scores.append(try evaluator.run(law, float: nil))
            } catch {
                absent.append(SuiteScore.Absent(plant: family.name, reason: "\(error)"))
            }
        }
        let reference = comparison.hasOptimal ? Baselines.optimalName : Baselines.betterSIMC
        return SuiteScore(suite, reference: reference, plants: scores, absent: absent)
    }
}
