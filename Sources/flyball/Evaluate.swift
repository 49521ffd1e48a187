import ArgumentParser
import Assembly
import Episodes
import Foundation
import ModelFile
import Pictures
import Training
import Tuning

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Scores a law against PIDs tuned by rule and by optimisation.",
        usage: "flyball evaluate <model> --family NAME [<options>]",
        discussion: """
            Seven signal classes, nine corners of mismatch, margins at five operating points and \
            long holds under a load; the law runs in the product's own loop, in its integers. The \
            baselines are tuned in the same run: PID* by optimisation on the same family and cost, \
            SIMC and AMIGO by their published rules. The last two classes are never trained on. \
            Losses are listed like everything else.

            flyball evaluate fopdt30.fly --family fopdt30

            Exit codes: 0 ok; 1 a limit of the certificate is not kept; 2 usage; 65 damaged model; \
            66 missing input.
            """)

    @Argument(help: "Model file.")
    var model: String

    @Option(help: "Family of the suite to score it on.")
    var family: String

    @Option(help: "Seed of the search for PID*; test episodes have a fixed one.")
    var seed: UInt64 = 1

    @Flag(help: "Prints one JSON object instead of the tables.")
    var json = false

    func run() throws {
        let target = try Train.suiteFamily(family)
        let law: Model
        do throws(ModelFault) {
            law = try ModelReader.read(path: model)
        } catch {
            throw Console.fail(.model(path: model, error))
        }
        let period = law.description.periodSeconds
        guard (period / target.periodSeconds - 1).magnitude <= 0.001 else {
            throw ValidationError(
                "\(model) was made for a period of \(NumberText.significant(period)) s; family "
                    + "\"\(family)\" has \(NumberText.significant(target.periodSeconds)) s")
        }
        var meter = TrainingMeter()
        let optimal = try OptimalPID.search(target, seed: seed) { generation, cost in
            meter.show(
                "PID*", done: generation + 1, total: OptimalPID.generations,
                note: "cost \(NumberText.significant(cost))")
        }
        meter.finish()
        let evaluator = Evaluator(target, baselines: try Baselines(target, optimal: optimal))
        let certificate = Certificate(
            try evaluator.run(law, float: nil), target, seed: seed)
        if json {
            try Console.print(json: certificate)
        } else {
            print(EvaluationText.text([certificate.evaluation]), terminator: "")
        }
        guard certificate.holds else {
            throw Console.fail(
                .failed, "limits not kept: \(certificate.failures.joined(separator: "; "))")
        }
    }
}
