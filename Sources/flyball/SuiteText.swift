import Pictures
import Scoring
import Training

/// Scores of suites, boards and signals as people read them.
enum SuiteText {
    // MARK: Suites of families

    static func text(_ score: SuiteScore) -> String {
        var result = "suite \(score.suite): \(score.plants.count) plants; cost of the law over "
        result += "\(score.reference), each class\n\n"
        result += plants(score).text()
        if !score.absent.isEmpty {
            result += "\nwithout a score:\n"
            for plant in score.absent { result += "  \(plant.plant): \(plant.reason)\n" }
        }
        result += "\ngeometric means\n\n" + classes(score).text()
        result += "\n" + losses(score)
        return result + "\n" + targets(score.targets)
    }

    private static func plants(_ score: SuiteScore) -> TextTable {
        let signals = score.classes.map(\.signal)
        var table = TextTable(
            ["plant"] + signals + [
                "error, steps", "over amigo_pid, steps", "worst corner", "Ms", "offset", "ripple",
                "cycles", "episodes lost %",
            ])
        for plant in score.plants {
            let steps = plant.classes.first { $0.signal == "steps" }
            let lost = plant.classes.compactMap(\.lossesToOptimal)
            var row: [TextTable.Cell] = [.text(plant.family)]
            for signal in signals {
                let found = plant.classes.first { $0.signal == signal }
                row.append(ratio(found?.over(score.reference)))
            }
            row += [
                ratio(steps?.errorRatio(score.reference)), ratio(steps?.costOver["amigo_pid"]),
                ratio(plant.worstCorner), ratio(plant.worstPeak),
                .number(plant.hold.worstOffset, digits: 2),
                .number(plant.hold.worstRipple, digits: 2),
                .integer(plant.limitCycles.sustained),
                lost.isEmpty
                    ? .missing
                    : .number(100 * lost.reduce(0, +) / Double(lost.count), digits: 3),
            ]
            table.rows.append(row)
        }
        return table
    }

    private static func classes(_ score: SuiteScore) -> TextTable {
        let names = score.geomeanCostOver.keys.sorted()
        var table = TextTable(
            ["class"] + names.map { "over \($0)" } + ["worst", "plant", "episodes lost %"])
        for summary in score.classes {
            table.rows.append(
                [.text(summary.signal)] + names.map { ratio(summary.geomeanCostOver[$0]) }
                    + [
                        ratio(summary.worst), .text(summary.worstPlant),
                        summary.episodesLostToOptimal.map { .number(100 * $0, digits: 3) }
                            ?? .missing,
                    ])
        }
        table.rows.append([.text("all")] + names.map { ratio(score.geomeanCostOver[$0]) })
        return table
    }

    private static func losses(_ score: SuiteScore) -> String {
        let total = score.plants.reduce(0) { $0 + $1.classes.count }
        var result = "\(score.losses.count) of \(total) plants and classes lost to "
        result += score.reference
        result += score.losses.isEmpty ? "\n" : ":\n"
        for loss in score.losses {
            result += "  \(loss.plant), \(loss.signal): "
            result += NumberText.significant(loss.costOver, digits: 4) + "\n"
        }
        if let share = score.episodesLostToOptimal {
            result += "PID* is better in \(NumberText.significant(100 * share, digits: 3)) % "
            result += "of the single episodes\n"
        }
        return result
    }

    private static func ratio(_ value: Double?) -> TextTable.Cell {
        value.map { .number($0, digits: 3) } ?? .missing
    }

    static func targets(_ targets: [TargetResult]) -> String {
        guard !targets.isEmpty else { return "" }
        var table = TextTable(["target", "limit", "found", ""])
        for target in targets {
            table.rows.append(
                [
                    .text(target.target), .number(target.limit, digits: 4),
                    target.found.map { .number($0, digits: 4) } ?? .missing,
                    .text(target.met.map { $0 ? "met" : "MISSED" } ?? "open"),
                ])
        }
        return table.text()
    }

    // MARK: Boards

    static func text(_ score: BoardScore) -> String {
        var result = "suite \(score.suite): mean of \(score.seeds) seeds\n"
        let names = score.laws.first?.variants.map(\.variant) ?? []
        for (index, name) in names.enumerated() {
            var table = TextTable([
                "law", "iae setpoint", "overshoot", "settling s", "iae load", "peak", "travel",
                "other law's ticks",
            ])
            for law in score.laws {
                let figures = law.variants[index].figures
                table.rows.append(
                    [
                        .text(law.law), .number(figures.setpointError, digits: 4),
                        .number(figures.overshoot, digits: 2),
                        figures.settlingSeconds.map { .number($0, digits: 3) } ?? .text("never"),
                        .number(figures.loadError, digits: 3), .number(figures.peak, digits: 2),
                        .number(figures.totalVariation, digits: 4),
                        .number(figures.strayTicks, digits: 3),
                    ])
            }
            result += "\n\(name)\n\n" + table.text()
        }
        result += "\n" + targets(score.targets)
        for remark in score.remarks { result += "note: \(remark)\n" }
        return result
    }

    // MARK: Signals

    static func text(_ score: SignalScore) -> String {
        var result = "\(score.plant), \(score.samples) samples of "
        result += "\(NumberText.significant(score.periodSeconds)) s, in the units of its file\n\n"
        var table = TextTable([
            "law", "iae", "travel", "largest error", "final error", "cost", "law over it",
            "worst of 15 relatives",
        ])
        for law in score.laws {
            table.rows.append(
                [
                    .text(law.law), .number(law.iae), .number(law.totalVariation),
                    .number(law.largestError), .number(law.finalError, digits: 2),
                    .number(law.cost), .number(law.lawOver, digits: 3),
                    .number(law.lawOverWorst, digits: 3),
                ])
        }
        result += table.text()
        let share = NumberText.significant(100 * score.strayShare, digits: 2)
        return result + "\nticks in which the supervisor chose another law: \(share) %\n"
    }
}
