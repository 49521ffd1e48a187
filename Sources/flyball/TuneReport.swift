import Assembly
import Pictures
import Tuning

/// What a tuning found, as `--json` prints it: units in the keys.
struct TuneReport: Encodable {
    struct Number: Encodable {
        let value: Double
        /// Half the width of the 95 % interval.
        let margin: Double

        init(_ interval: Interval) {
            value = interval.value
            margin = interval.margin
        }
    }

    struct Gains: Encodable {
        let rule: String
        let kp: Double
        let tiSeconds: Double
        let tdSeconds: Double
        let tfSeconds: Double
        let isStable: Bool
        let ms: Double
        let gainMargin: Double
        let phaseMarginDegrees: Double
        let delayMarginSeconds: Double
        let setpointIAE: Double
        let loadIAE: Double
        /// On the simulated plant about the setpoint, where there is one.
        let plant: PlantMargins?
        /// Of a seven-parameter PID only.
        var setpointWeight: Double?
        var filterSeconds: Double?

        enum CodingKeys: String, CodingKey {
            case rule, kp, ms, plant
            case setpointWeight = "b"
            case filterSeconds = "filter_s"
            case tiSeconds = "ti_s"
            case tdSeconds = "td_s"
            case tfSeconds = "tf_s"
            case isStable = "stable"
            case gainMargin = "gain_margin"
            case phaseMarginDegrees = "phase_margin_deg"
            case delayMarginSeconds = "delay_margin_s"
            case setpointIAE = "setpoint_iae_unit_s"
            case loadIAE = "load_iae_unit_s"
        }

        init(_ row: TuningProposal.Row, plant margins: LoopMargins?) {
            plant = margins.map { PlantMargins($0) }
            rule = row.title
            kp = row.gains.kp
            tiSeconds = row.gains.tiSeconds
            tdSeconds = row.gains.tdSeconds
            tfSeconds = row.gains.tfSeconds
            isStable = row.margins.isStable
            ms = row.margins.ms
            gainMargin = row.margins.gainMargin
            phaseMarginDegrees = row.margins.phaseMarginDegrees
            delayMarginSeconds = row.margins.delayMarginSeconds
            setpointIAE = row.setpointIAE
            loadIAE = row.loadIAE
        }
    }

    struct PlantMargins: Encodable {
        let isStable: Bool
        let ms: Double
        let gainMargin: Double
        let phaseMarginDegrees: Double
        let delayMarginSeconds: Double

        enum CodingKeys: String, CodingKey {
            case ms
            case isStable = "stable"
            case gainMargin = "gain_margin"
            case phaseMarginDegrees = "phase_margin_deg"
            case delayMarginSeconds = "delay_margin_s"
        }

        init(_ margins: LoopMargins) {
            isStable = margins.isStable
            ms = margins.ms
            gainMargin = margins.gainMargin
            phaseMarginDegrees = margins.phaseMarginDegrees
            delayMarginSeconds = margins.delayMarginSeconds
        }
    }

    /// The oscillation under a relay.
    struct Relay: Encodable {
        let ultimateGain: Double
        let ultimatePeriodSeconds: Double
        let amplitude: Double
        let relayAmplitude: Double
        let cycles: Int
        let irregularity: Double

        enum CodingKeys: String, CodingKey {
            case cycles, irregularity
            case ultimateGain = "ultimate_gain"
            case ultimatePeriodSeconds = "ultimate_period_s"
            case amplitude = "amplitude_unit"
            case relayAmplitude = "relay_amplitude_output_unit"
        }

        init(_ found: RelayOscillation) {
            ultimateGain = found.point.gain
            ultimatePeriodSeconds = found.point.periodSeconds
            amplitude = found.amplitude
            relayAmplitude = found.relayAmplitude
            cycles = found.cycles
            irregularity = found.irregularity
        }
    }

    let source: String
    let relay: Relay?
    let unit: String
    let outputUnit: String
    let periodSeconds: Double
    let structure: String
    let gain: Number
    let lags: [Number]
    let deadTime: Number
    let fitPercent: Double
    let residualDeviation: Double
    let residualCorrelation: Double
    let abortReason: String?
    var rules: [Gains]
    let chosen: Gains?

    enum CodingKeys: String, CodingKey {
        case source, relay, unit, structure, gain, rules, chosen
        case outputUnit = "output_unit"
        case periodSeconds = "period_s"
        case lags = "lags_s"
        case deadTime = "dead_time_s"
        case fitPercent = "fit_percent"
        case residualDeviation = "residual_deviation_unit"
        case residualCorrelation = "residual_correlation"
        case abortReason = "abort_reason"
    }

    init(
        _ source: TuneSource, _ found: Identification, _ proposal: TuningProposal,
        _ plant: TunePlant?
    ) {
        self.source = source.name
        relay = source.relay.map { Relay($0) }
        unit = source.unit
        outputUnit = source.outputUnit
        periodSeconds = source.periodSeconds
        structure = found.structure.title
        gain = Number(found.gain)
        lags = found.lags.map { Number($0) }
        deadTime = Number(found.deadTime)
        fitPercent = found.fitPercent
        residualDeviation = found.residualDeviation
        residualCorrelation = found.residualCorrelation
        abortReason = source.abortReason
        let rows = proposal.rows.map { Gains($0, plant: plant?.margins($0.gains)) }
        rules = rows
        chosen = proposal.choice.map { rows[$0] }
    }

    /// What people read.
    func text() -> String {
        func line(_ number: Number) -> String {
            let margin = NumberText.significant(number.margin, digits: 2)
            return "\(NumberText.significant(number.value)) +- \(margin)"
        }
        var text = "\(source): \(structure), fit \(NumberText.significant(fitPercent)) %\n"
        if let abortReason { text += "the experiment ended early: \(abortReason)\n" }
        text += "gain \(line(gain)) (95 %)"
        for lag in lags { text += ", lag \(line(lag)) s" }
        text += ", dead time \(line(deadTime)) s\n\n"
        if let relay {
            let gain = NumberText.significant(relay.ultimateGain)
            let period = NumberText.significant(relay.ultimatePeriodSeconds)
            let swing = NumberText.significant(relay.amplitude)
            text += "relay: ultimate gain \(gain), ultimate period \(period) s; \(swing) \(unit) "
            text += "in \(relay.cycles) cycles\n\n"
        }
        var table = TextTable([
            "", "rule", "kp", "ti s", "td s", "Ms", "gain margin", "phase deg", "delay s",
            "IAE setpoint", "IAE load", "Ms plant",
        ])
        for row in rules {
            let marked = row.rule == chosen?.rule
            let margins: [TextTable.Cell] =
                row.isStable
                ? [
                    .number(row.ms, digits: 3), .number(row.gainMargin, digits: 3),
                    .number(row.phaseMarginDegrees, digits: 3),
                    .number(row.delayMarginSeconds, digits: 3),
                    .number(row.setpointIAE), .number(row.loadIAE),
                ]
                : [.text("unstable"), .missing, .missing, .missing, .missing, .missing]
            table.rows.append(
                [
                    .text(marked ? ">" : ""), .text(row.rule), .number(row.kp),
                    .number(row.tiSeconds), .number(row.tdSeconds),
                ] + margins + [Self.cell(row.plant)])
        }
        text += table.text()
        if let chosen {
            let kpUnit = outputUnit.isEmpty ? "" : " \(outputUnit)/\(unit)"
            text += "\n> \(chosen.rule): kp = \"\(NumberText.significant(chosen.kp))\(kpUnit)\", "
            text += "ti_s = \(NumberText.significant(chosen.tiSeconds)), "
            text += "td_s = \(NumberText.significant(chosen.tdSeconds)), "
            text += "tf_s = \(NumberText.significant(chosen.tfSeconds))\n"
        }
        return text
    }

    private static func cell(_ margins: PlantMargins?) -> TextTable.Cell {
        guard let margins else { return .missing }
        return margins.isStable ? .number(margins.ms, digits: 3) : .text("unstable")
    }

    /// Measurement and model over the command.
    static func figure(_ source: TuneSource, _ found: Identification) -> Figure {
        let known = source.recording.measurements.indices.filter {
            !source.recording.measurements[$0].isNaN
        }
        return Figure(
            title: source.name,
            subtitle: "\(found.structure.title), fit \(NumberText.significant(found.fitPercent)) %",
            times: found.times,
            panels: [
                Panel(
                    "measurement", unit: source.unit,
                    series: [
                        Series("measured", found.measured, ink: .grey),
                        Series("model", found.predicted, ink: .vermilion),
                    ]),
                Panel(
                    "command", unit: source.outputUnit,
                    series: [
                        Series(
                            "command", known.map { source.recording.commands[$0] },
                            stroke: .step, ink: .blue)
                    ]),
            ])
    }
}

/// The chosen gains as they are kept: the keys of `[loop.pid]`.
struct TuneState: Encodable {
    let loop: String
    let rule: String
    let kp: Double
    let kpUnit: String
    let tiSeconds: Double
    let tdSeconds: Double
    let tfSeconds: Double
    let ms: Double
    let process: TunedProcess

    enum CodingKeys: String, CodingKey {
        case loop, rule, kp, ms, process
        case kpUnit = "kp_unit"
        case tiSeconds = "ti_s"
        case tdSeconds = "td_s"
        case tfSeconds = "tf_s"
    }

    init(_ report: TuneReport, _ source: TuneSource, _ found: Identification) {
        process = TunedProcess(
            gain: found.model.gain, lagsSeconds: found.model.lags,
            deadTimeSeconds: found.model.deadTimeSeconds,
            isIntegrating: found.model.isIntegrating,
            outputAtRest: (found.predicted.first ?? 0)
                - found.model.gain * (source.recording.commands.first ?? 0))
        loop = report.source
        rule = report.chosen?.rule ?? ""
        kp = report.chosen?.kp ?? 0
        kpUnit = report.outputUnit.isEmpty ? "" : "\(report.outputUnit)/\(report.unit)"
        tiSeconds = report.chosen?.tiSeconds ?? 0
        tdSeconds = report.chosen?.tdSeconds ?? 0
        tfSeconds = report.chosen?.tfSeconds ?? 0
        ms = report.chosen?.ms ?? 0
    }
}
