package import Episodes
import ModelFile

/// What a model file says of its law: how it was scored, and whether it kept the limits.
package struct Certificate: Codable, Sendable {
    /// Written when the law is trained; read back wherever the model is used.
    package var evaluation: Evaluation
    package var limits: Limits
    /// What did not keep its limit; empty for a law that holds.
    package var failures: [String]
    package var setpoints: ClosedRange<Double>
    /// The process that it was scored on.
    package var plant: PlantFamily
    package var seed: UInt64

    /// Beyond these a law is not certified.
    package struct Limits: Codable, Sendable {
        /// Mean cost over that of PID*, or of the better SIMC where PID* was left out; every class.
        package var costOverOptimal = 1.1
        package var cornerOverOptimal = 1.05
        /// About every operating point.
        package var sensitivityPeak = 2.0
        /// Parts of the span.
        package var worstOffset = 0.0025
        package var worstRipple = 0.003
        package var fixedOverFloat = 1.002
        package var strayShare = 0.001
        /// Loops that keep swinging without noise.
        package var limitCycles = 0

        package init() {}
    }

    package var holds: Bool { failures.isEmpty }

    package init(_ evaluation: Evaluation, _ family: PlantFamily, seed: UInt64) {
        self.evaluation = evaluation
        self.seed = seed
        setpoints = family.setpoints
        plant = family
        let limits = Limits()
        self.limits = limits
        failures = []
        func check(_ name: String, _ found: Double, _ limit: Double) {
            if !(found <= limit) { failures.append("\(name) \(found), limit \(limit)") }
        }
        for score in evaluation.classes {
            check(
                "cost over \(evaluation.reference), \(score.signal)",
                score.over(evaluation.reference) ?? .infinity, limits.costOverOptimal)
        }
        check(
            "cost over \(evaluation.reference), worst corner", evaluation.worstCorner,
            limits.cornerOverOptimal)
        check("sensitivity peak", evaluation.worstPeak, limits.sensitivityPeak)
        check("offset", evaluation.hold.worstOffset, limits.worstOffset)
        check("ripple", evaluation.hold.worstRipple, limits.worstRipple)
        if let fixed = evaluation.fixedOverFloat {
            check("fixed over float", fixed, limits.fixedOverFloat)
        }
        check(
            "loops that keep swinging", Double(evaluation.limitCycles.sustained),
            Double(limits.limitCycles))
        check("ticks of another law", evaluation.strayShare, limits.strayShare)
    }

    /// The certificate of a model file; `nil` where it has none, or another one.
    package init?(json: String) {
        guard let found: Certificate = CertificateCoding.certificate(json) else { return nil }
        self = found
    }

    /// One line of JSON with sorted keys, as the model file holds it.
    package func json() throws -> String {
        try CertificateCoding.text(self)
    }
}
