import Episodes
package import ModelFile
import Tuning
package import Training

/// Scores a law for processes of all kinds on the plants of a suite: what its certificate says.
package struct GeneralistScore: Sendable {
    private let suite: Suite

    package init(_ suite: Suite) {
        self.suite = suite
    }

    /// - Parameters:
    ///   - model: conditional.
    ///   - float: what it was made of, where there is one.
    ///   - report: is given the number of plants done, and the next one's name.
    package func run(
        _ model: Model, float: FloatLaw?, seed: UInt64,
        report: (_ done: Int, _ name: String) -> Void
    ) throws -> ProcessCertificate {
        var entries: [ProcessCertificate.Entry] = []
        for (done, plant) in suite.plants.enumerated() {
            let family = plant.family
            report(done, family.name)
            let coordinates = ProcessCoordinates(family)
            var told = try model.conditioned(on: coordinates)
            told.description.periodSeconds = family.periodSeconds
            let evaluator = Evaluator(
                family, baselines: try Baselines(family, optimal: nil), scope: suite.scope)
            let evaluation = try evaluator.run(told, float: float?.conditioned(on: coordinates))
            let certificate = Certificate(evaluation, family, seed: seed)
            let costs = evaluation.classes.map {
                ($0.signal, $0.over(Baselines.betterSIMC) ?? .infinity)
            }
            let peak = evaluation.worstPeak
            entries.append(
                ProcessCertificate.Entry(
                    name: family.name, shape: coordinates.shape, failures: certificate.failures,
                    sensitivityPeak: peak.isFinite ? peak : nil,
                    costOverSIMC: Dictionary(uniqueKeysWithValues: costs)))
        }
        return ProcessCertificate(processes: entries)
    }
}
