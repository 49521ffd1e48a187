import Episodes
import ModelFile
import Pictures
import Training
import Tuning

/// The way of a law in floating point to a certified model file: the same for one that was trained
/// here and one that was trained elsewhere.
struct Certification {
    let law: FloatLaw
    let family: PlantFamily
    private let isMirrored: Bool
    private var model: Model

    /// Writes the law down in integers.
    ///
    /// - Parameters:
    ///   - envelope: setpoints and measurements that it was trained on.
    ///   - isMirrored: the family is the mirror image of the process; the file gets the law turned
    ///     round.
    init(
        law: FloatLaw, family: PlantFamily, origin: String, envelope: ClosedRange<Double>,
        isMirrored: Bool = false
    ) throws(ModelFault) {
        self.isMirrored = isMirrored
        self.law = law
        self.family = family
        model = try law.model(
            envelope: envelope,
            description: ModelDescription(
                origin: origin, family: family.name, periodSeconds: family.periodSeconds))
    }

    /// Scores the law against PID* and the rules, writes the file and prints the scores.
    ///
    /// - Parameter written: is called when the file is in place.
    ///
    /// - Throws: an exit status when the file cannot be written or a limit is not kept.
    mutating func run(
        optimal: SamplePIDGains, seed: UInt64, output: String, json: Bool,
        written: () -> Void = {}
    ) throws {
        let evaluator = Evaluator(family, baselines: try Baselines(family, optimal: optimal))
        let certificate = Certificate(try evaluator.run(model, float: law), family, seed: seed)
        model.description.certificate = try certificate.json()
        if isMirrored { model = model.mirrored }
        do throws(ModelFault) {
            try ModelWriter.write(model, to: output)
        } catch {
            throw Console.fail(.missing, "\(error)")
        }
        written()
        if json {
            try Console.print(json: certificate)
        } else {
            print(EvaluationText.text([certificate.evaluation]), terminator: "")
            print("\nmodel: \(output), SHA-256 \(model.hash)")
        }
        guard certificate.holds else {
            throw Console.fail(
                .failed, "not certified: \(certificate.failures.joined(separator: "; "))")
        }
    }
}
