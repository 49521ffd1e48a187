import Control
import Episodes
import FixedPoint
package import ModelFile
import Pictures
package import Training

/// The certificate of a law as a page: what it was scored on, how well, where it fails.
///
/// Everything on it is run anew; what the model file claims stands beside it.
package struct Report {
    private let plant: PlantCase
    private let model: Model
    private let baselines: Baselines
    private let certificate: Certificate
    private let runs: ReportRuns
    private var page: ReportPage

    package init(
        _ model: Model, _ plant: PlantCase, baselines: Baselines, certificate: Certificate
    ) throws {
        self.model = model
        self.plant = plant
        self.baselines = baselines
        self.certificate = certificate
        runs = try ReportRuns(model, plant, baselines)
        page = ReportPage(title: "Certificate of a learned law: \(plant.family.name)")
        writeVerdict()
        writeFamily()
        writeScores()
        writeResponses()
        writeCorners()
        writeMargins()
        writeHolds()
        writeExcursions()
        writeLimits()
    }

    package var html: String { page.html }

    private var family: PlantFamily { plant.family }
    private var evaluation: Evaluation { certificate.evaluation }

    private static func text(_ value: Double?, digits: Int = 3) -> String {
        value.map { NumberText.significant($0, digits: digits) } ?? "-"
    }

    // MARK: Sections

    private mutating func writeVerdict() {
        if certificate.holds {
            page.verdict("Every limit is kept.", isGood: true)
        } else {
            page.verdict("\(certificate.failures.count) limits are not kept:", isGood: false)
            page.list(certificate.failures)
        }
        switch model.description.verdict {
        case .holds: page.paragraph("The file's own certificate says that it holds.")
        case .absent:
            let text = ProcessCertificate(json: model.description.certificate)?.summary
            page.paragraph(
                text.map { "The file's own certificate is of processes of all kinds: \($0)." }
                    ?? "The file carries no certificate.")
        case .fails(let failures):
            page.paragraph(
                "The file's own certificate says: " + failures.joined(separator: "; ") + ".")
        }
    }

    private mutating func writeFamily() {
        page.heading("Family and envelope")
        let units = plant.units
        func output(_ part: Double) -> String { Self.text(units.output(part), digits: 4) }
        let linear = family.linearised
        var rows = [
            ["plant", family.name],
            ["law", "\(model.description.origin); \(model.description.family)"],
            ["SHA-256", model.hash],
            ["sample time", "\(Self.text(family.periodSeconds, digits: 4)) s"],
            ["gain, spans for a command of one", Self.text(linear.gain)],
            ["lags", linear.lags.map { Self.text($0) }.joined(separator: ", ") + " s"],
            ["dead time", "\(Self.text(linear.deadTime)) s"],
            [
                "setpoints of the test",
                "\(output(family.setpoints.lowerBound)) to "
                    + output(family.setpoints.upperBound),
            ],
            [
                "envelope: setpoints and measurements that the law was made for",
                "\(output(model.law.envelopeLow.doubleValue)) to "
                    + output(model.law.envelopeHigh.doubleValue),
            ],
        ]
        if linear.isIntegrating { rows.append(["integrating", "yes"]) }
        page.table(["what", "value"], rows)
        page.paragraph(
            "Test plants differ from nominal by up to a quarter in gain, dead time and every lag, "
                + "independently; noise is \(Self.text(family.noise)) of the span, the sensor's step "
                + "\(Self.text(family.quantum)). Costs are sums of |setpoint - output| in spans over "
                + "300 samples plus \(Self.text(family.effortWeight)) times the travel of the command."
        )
    }

    private mutating func writeScores() {
        page.heading("Scores")
        let evaluation = evaluation
        let names = baselines.gains.map(\.name)
        let rows = evaluation.classes.map { score in
            [score.signal, Self.text(score.cost, digits: 4)]
                + names.map { Self.text(score.costOver[$0]) }
                + [
                    Self.text(score.errorRatio(evaluation.reference)),
                    Self.text(score.lossesToOptimal.map { 100 * $0 }),
                ]
        }
        page.table(
            ["class", "cost"] + names.map { "over \($0)" }
                + ["error over \(evaluation.reference)", "episodes lost to PID*, %"], rows
        ) { row, column in
            // A baseline that is better is printed bold.
            guard (2..<(2 + names.count)).contains(column) else { return false }
            return (evaluation.classes[row].costOver[names[column - 2]] ?? 0) > 1
        }
        let shown = ["pid*", "simc_pi", "simc_pid", "amigo_pid"].filter { names.contains($0) }
        let inks: [Ink] = [.vermilion, .blue, .sky, .green]
        page.picture(
            BarChart(
                title: "Cost of the law over that of each PID; below 1 the law is better",
                groups: evaluation.classes.map(\.signal),
                bars: zip(shown, inks).map { name, ink in
                    BarChart.Bars(
                        "over \(name)", evaluation.classes.map { $0.costOver[name] }, ink: ink)
                }, top: 1.25))
        page.paragraph("sine_setpoint and load_pulse are never trained on.")
    }

    private mutating func writeResponses() {
        page.heading("Responses")
        page.paragraph(
            "The first test episode of each class, output without noise, in the plant's unit.")
        for response in runs.responses { page.picture(response) }
    }

    private mutating func writeCorners() {
        page.heading("Mismatch")
        let corners = evaluation.corners
        let worst = evaluation.worstCorner
        let factors = ["0.7", "1", "1.3"]
        page.table(
            ["gain"] + factors.map { "time \($0)" },
            factors.indices.map { row in
                [factors[row]]
                    + factors.indices.map { column in
                        Self.text(
                            corners.indices.contains(3 * row + column)
                                ? corners[3 * row + column] : nil)
                    }
            }
        ) { row, column in
            column > 0 && corners.indices.contains(3 * row + column - 1)
                && corners[3 * row + column - 1] == worst
        }
        page.paragraph(
            "Cost over that of \(evaluation.reference) on steps, both unchanged; the worst corner is "
                + "\(Self.text(worst)).")
        let cycles = evaluation.limitCycles
        page.paragraph(
            "Search for limit cycles: \(cycles.loops) loops, nominal and corners, started away "
                + "from rest without noise; \(cycles.sustained) keep swinging. The largest swing "
                + "at the end is \(Self.text(cycles.worstSwing)) of the span, at gain "
                + "\(cycles.worstGain) and time \(cycles.worstTime).")
    }

    private mutating func writeMargins() {
        page.heading("Margins about operating points")
        let evaluation = evaluation
        let limit = certificate.limits.sensitivityPeak
        page.table(
            ["output", "peak of |S|, law", "PID*"],
            evaluation.operatingPoints.map { point in
                [
                    Self.text(plant.units.output(point.output), digits: 4),
                    point.law.map { Self.text($0) } ?? "never rests", Self.text(point.optimal),
                ]
            }
        ) { row, column in
            column == 1
                && !((evaluation.operatingPoints[row].law ?? .infinity) <= limit)
        }
        page.picture(runs.sensitivity)
    }

    private mutating func writeHolds() {
        page.heading("Long runs")
        let hold = evaluation.hold
        let limits = certificate.limits
        page.table(
            ["1,600 samples under a load of 0.25, parts of the span", "found", "limit"],
            [
                ["offset, median", Self.text(hold.medianOffset), "-"],
                ["offset, worst", Self.text(hold.worstOffset), Self.text(limits.worstOffset)],
                ["ripple, worst", Self.text(hold.worstRipple), Self.text(limits.worstRipple)],
            ])
        page.picture(runs.hold)
        let fixed = runs.claimedFixedOverFloat
        page.paragraph(
            fixed.map {
                "Integers over floating point, cost of the worst class, measured when the law was "
                    + "trained: \(Self.text($0, digits: 5))."
            } ?? "There is no floating-point law to compare the integers with.")
    }

    private mutating func writeExcursions() {
        page.heading("Outside the envelope")
        page.paragraph(
            "The setpoint leaves the envelope for \(EnvelopeExcursion.outsideTicks) samples and "
                + "comes back. In all test episodes together the supervisor let another law act in "
                + "\(Self.text(100 * evaluation.strayShare)) % of the ticks.")
        page.table(
            [
                "setpoint", "learned law", "PID", "safe level", "until the PID acts",
                "until the law is back",
            ],
            runs.excursions.map { run in
                [
                    Self.text(plant.units.output(run.setpoint), digits: 4), "\(run.learnedTicks)",
                    "\(run.fallbackTicks)", "\(run.safeTicks)",
                    run.ticksUntilFallback.map { "\($0)" } ?? "never",
                    run.ticksUntilLearned.map { "\($0)" } ?? "never",
                ]
            })
    }

    private mutating func writeLimits() {
        page.heading("What this does not say")
        page.list([
            "Scores are simulated. A plant that is not among the relatives, another sample time, "
                + "another noise or a sensor that lies are not covered.",
            "The sensitivity is that of small signals about operating points at rest.",
            "The search for limit cycles can find one; it cannot prove that there is none.",
            "PID* is as good as sixty generations of a search made it, with seed "
                + "\(certificate.seed).",
        ])
    }
}
