import Pictures
import Training

/// Evaluations as people read them.
enum EvaluationText {
    static func text(_ evaluations: [Evaluation]) -> String {
        var result = ""
        for evaluation in evaluations {
            result += "\(evaluation.family), a sample every "
            result += "\(NumberText.significant(evaluation.periodSeconds)) s\n\n"
            result += classes(evaluation).text()
            result += "\ncost over \(evaluation.reference) with gain and time 0.7, 1, 1.3: "
            result += evaluation.corners.map { NumberText.significant($0, digits: 3) }
                .joined(separator: " ")
            result += "\nsensitivity peak, law (pid*): "
            result += evaluation.operatingPoints.map { point in
                let law = point.law.map { NumberText.significant($0, digits: 3) } ?? "never rests"
                let optimal = point.optimal.map { NumberText.significant($0, digits: 3) } ?? "-"
                return "\(law) (\(optimal)) at \(NumberText.significant(point.output, digits: 2))"
            }.joined(separator: ", ")
            let hold = evaluation.hold
            result += "\noffset under a load of 0.25, parts of the span: median "
            result += NumberText.significant(hold.medianOffset, digits: 2)
            result += ", worst \(NumberText.significant(hold.worstOffset, digits: 2))"
            result += "; ripple \(NumberText.significant(hold.worstRipple, digits: 2))"
            let cycles = evaluation.limitCycles
            result += "\nloops that keep swinging without noise: \(cycles.sustained) of "
            result += "\(cycles.loops); largest swing "
            result += NumberText.significant(cycles.worstSwing, digits: 2)
            result += " at gain \(cycles.worstGain), time \(cycles.worstTime)"
            if let fixed = evaluation.fixedOverFloat {
                result += "\ninteger over floating-point cost, worst class: "
                result += NumberText.significant(fixed, digits: 5)
            }
            result += "\nticks in which the supervisor chose another law: "
            result += "\(NumberText.significant(100 * evaluation.strayShare, digits: 2)) %\n"
        }
        return result
    }

    private static func classes(_ evaluation: Evaluation) -> TextTable {
        let names = ["pid*", "pid*_ms1.6", "simc_pi", "simc_pid", "amigo_pi", "amigo_pid"]
            .filter { evaluation.classes.first?.costOver[$0] != nil }
        var table = TextTable(
            ["class", "cost"] + names.map { "over \($0)" } + ["error over pid*", "lost %"])
        for score in evaluation.classes {
            table.rows.append(
                [.text(score.signal), .number(score.cost, digits: 4)]
                    + names.map { .number(score.costOver[$0] ?? .nan, digits: 3) }
                    + [
                        score.errorOver[Baselines.optimalName].map { .number($0, digits: 3) }
                            ?? .missing,
                        score.lossesToOptimal.map { .number(100 * $0, digits: 3) } ?? .missing,
                    ])
        }
        return table
    }
}
