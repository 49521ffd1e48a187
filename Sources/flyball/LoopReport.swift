import Configuration
import Pictures
import Simulation

/// The figures of one loop's run as `--json` prints them: units in the keys, none missing but null.
struct LoopReport: Encodable {
    let loop: String
    let unit: String
    let outputUnit: String
    let ticks: Int
    let iae: Double
    let ise: Double
    let itae: Double
    let overshoot: Double?
    let settlingSeconds: Double?
    let riseSeconds: Double?
    let totalVariation: Double
    let offset: Double
    let secondsOutsideLimits: Double
    let learnedTicks: Int
    let fallbackTicks: Int
    let safeTicks: Int
    let sensorFaultTicks: Int
    let saturations: Int
    let isLatched: Bool
    let lastCause: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case loop, unit, ticks, offset, overshoot, saturations
        case outputUnit = "output_unit"
        case iae = "iae_unit_s"
        case ise = "ise_unit2_s"
        case itae = "itae_unit_s2"
        case settlingSeconds = "settling_s"
        case riseSeconds = "rise_s"
        case totalVariation = "total_variation_output_unit"
        case secondsOutsideLimits = "outside_limits_s"
        case learnedTicks = "learned_ticks"
        case fallbackTicks = "fallback_ticks"
        case safeTicks = "safe_ticks"
        case sensorFaultTicks = "sensor_fault_ticks"
        case isLatched = "latched"
        case lastCause = "last_cause"
    }

    init(_ series: LoopSeries) {
        let metrics = series.metrics
        loop = series.name
        unit = series.sensor.unit.symbol
        outputUnit = series.actuator.unit.symbol
        ticks = series.times.count
        iae = metrics.iae
        ise = metrics.ise
        itae = metrics.itae
        overshoot = metrics.overshoot
        settlingSeconds = metrics.settlingSeconds
        riseSeconds = metrics.riseSeconds
        totalVariation = metrics.totalVariation
        offset = metrics.offset
        secondsOutsideLimits = metrics.secondsOutsideLimits
        learnedTicks = series.ticks(in: .learned)
        fallbackTicks = series.ticks(in: .fallback)
        safeTicks = series.ticks(in: .safe)
        sensorFaultTicks = series.faultTicks
        saturations = series.saturations
        isLatched = series.isLatched
        lastCause = "\(series.cause)"
    }

    /// Absent figures are null, so that every key is always there.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(loop, forKey: .loop)
        try container.encode(unit, forKey: .unit)
        try container.encode(outputUnit, forKey: .outputUnit)
        try container.encode(ticks, forKey: .ticks)
        try container.encode(iae, forKey: .iae)
        try container.encode(ise, forKey: .ise)
        try container.encode(itae, forKey: .itae)
        try container.encode(overshoot, forKey: .overshoot)
        try container.encode(settlingSeconds, forKey: .settlingSeconds)
        try container.encode(riseSeconds, forKey: .riseSeconds)
        try container.encode(totalVariation, forKey: .totalVariation)
        try container.encode(offset, forKey: .offset)
        try container.encode(secondsOutsideLimits, forKey: .secondsOutsideLimits)
        try container.encode(learnedTicks, forKey: .learnedTicks)
        try container.encode(fallbackTicks, forKey: .fallbackTicks)
        try container.encode(safeTicks, forKey: .safeTicks)
        try container.encode(sensorFaultTicks, forKey: .sensorFaultTicks)
        try container.encode(saturations, forKey: .saturations)
        try container.encode(isLatched, forKey: .isLatched)
        try container.encode(lastCause, forKey: .lastCause)
    }

    /// The table that people read: one column for each loop.
    static func table(_ reports: [LoopReport]) -> String {
        var table = TextTable(["", "unit"] + reports.map(\.loop))
        func add(_ label: String, _ unit: String, _ value: (LoopReport) -> Double?) {
            let cells = reports.map { report in
                value(report).map { TextTable.Cell.number($0) } ?? .missing
            }
            table.rows.append([.text(label), .text(unit)] + cells)
        }
        let unit = reports.first?.unit ?? ""
        let outputUnit = reports.first?.outputUnit ?? ""
        add("IAE", "\(unit) s", \.iae)
        add("ISE", "\(unit)^2 s", \.ise)
        add("ITAE", "\(unit) s^2", \.itae)
        add("overshoot", unit, \.overshoot)
        add("settling (2 %)", "s", \.settlingSeconds)
        add("rise (10-90 %)", "s", \.riseSeconds)
        add("total variation", outputUnit, \.totalVariation)
        add("offset (last tenth)", unit, \.offset)
        add("outside limits", "s", \.secondsOutsideLimits)
        add("learned / PID / safe", "ticks") { Double($0.learnedTicks) }
        add("", "") { Double($0.fallbackTicks) }
        add("", "") { Double($0.safeTicks) }
        add("sensor faults", "ticks") { Double($0.sensorFaultTicks) }
        return table.text()
    }
}
