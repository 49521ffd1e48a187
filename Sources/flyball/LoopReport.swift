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
    let offset: Double?
    let secondsUncontrolled: Double
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
        case secondsUncontrolled = "uncontrolled_s"
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
        secondsUncontrolled = metrics.secondsUncontrolled
        secondsOutsideLimits = metrics.secondsOutsideLimits
        learnedTicks = series.ticks(in: .learned)
        fallbackTicks = series.ticks(in: .fallback) + series.ticks(in: .pid)
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
        try container.encode(secondsUncontrolled, forKey: .secondsUncontrolled)
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
        func add(
            _ label: String, _ unit: (LoopReport) -> String, _ cell: (LoopReport) -> TextTable.Cell
        ) {
            table.rows.append([.text(label), .text(joined(reports.map(unit)))] + reports.map(cell))
        }
        func add(
            _ label: String, _ unit: (LoopReport) -> String, number: (LoopReport) -> Double?
        ) {
            add(label, unit) { number($0).map { .number($0) } ?? .missing }
        }
        let whole = { (unit: String) in unit.contains("/") ? "(\(unit))" : unit }
        add("IAE", { "\(whole($0.unit)) s" }, number: \.iae)
        add("ISE", { "\(whole($0.unit))^2 s" }, number: \.ise)
        add("ITAE", { "\(whole($0.unit)) s^2" }, number: \.itae)
        add("overshoot", \.unit, number: \.overshoot)
        add("settling (2 %)", { _ in "s" }, number: \.settlingSeconds)
        add("rise (10-90 %)", { _ in "s" }, number: \.riseSeconds)
        add("total variation", \.outputUnit, number: \.totalVariation)
        add("offset (last tenth)", \.unit, number: \.offset)
        add("no law acts", { _ in "s" }, number: \.secondsUncontrolled)
        add("outside limits", { _ in "s" }, number: \.secondsOutsideLimits)
        let ticks = { (_: LoopReport) in "ticks" }
        add("learned law acts", ticks) { .integer($0.learnedTicks) }
        add("PID acts", ticks) { .integer($0.fallbackTicks) }
        add("safe level", ticks) { .integer($0.safeTicks) }
        add("sensor faults", ticks) { .integer($0.sensorFaultTicks) }
        add("latched", { _ in "" }) { .text($0.isLatched ? "yes" : "no") }
        add("cause", { _ in "" }) { .text($0.lastCause) }
        return table.text()
    }

    /// One unit, or those of all loops in their order where they differ.
    private static func joined(_ units: [String]) -> String {
        Set(units).count <= 1 ? units.first ?? "" : units.joined(separator: "|")
    }
}
