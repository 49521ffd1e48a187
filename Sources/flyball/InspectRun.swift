import Episodes
import Pictures
import Training

/// What the units of a law did in a run, in numbers and words.
struct InspectRun: Encodable {
    let process: String
    let situations: [String]
    let units: [Unit]
    /// Integrator in parts of the command's range, before, during and after each situation.
    let integrator: [[Double]]
    let strayShare: Double
    private let periodSeconds: Double

    enum CodingKeys: String, CodingKey {
        case process, situations, units
        case integrator = "integrator_before_during_after"
        case strayShare = "stray_share"
    }

    struct Unit: Encodable {
        let unit: Int
        let role: String
        /// At rest, shortest and longest; a gate that is exactly open has no end.
        let timeConstant: [Double]
        let timeConstantSamples: [Double]
        /// Means before, during and after each situation.
        let input: [[Double]]
        let forget: [[Double]]
        let output: [[Double]]

        enum CodingKeys: String, CodingKey {
            case unit, role
            case timeConstant = "tau_s_rest_shortest_longest"
            case timeConstantSamples = "tau_samples_rest_shortest_longest"
            case input = "input_gate_before_during_after"
            case forget = "forget_gate_before_during_after"
            case output = "output_gate_before_during_after"
        }
    }

    /// Where each situation begins, how long "during" is, and when it has settled.
    private static let stretches: [(name: String, before: Int, during: Range<Int>, after: Int)] = [
        (
            "setpoint step", LawInspection.step,
            LawInspection.step..<(LawInspection.step + LawInspection.window), LawInspection.load
        ),
        (
            "load", LawInspection.load,
            LawInspection.load..<(LawInspection.load + LawInspection.window), LawInspection.unload
        ),
        (
            "saturation", LawInspection.saturation,
            LawInspection.saturation..<LawInspection.release, LawInspection.samples
        ),
    ]

    init(_ inspection: LawInspection, process: String) {
        self.process = process
        situations = Self.stretches.map(\.name)
        let period = inspection.periodSeconds
        units = inspection.units.enumerated().map { index, trace in
            let memory = UnitMemory(trace)
            let samples = [memory.rest, memory.shortest, memory.longest]
            return Unit(
                unit: index, role: memory.role.rawValue,
                timeConstant: samples.map { $0 * period }, timeConstantSamples: samples,
                input: Self.means(trace.input), forget: Self.means(trace.leak.map { 1 - $0 }),
                output: Self.means(trace.output))
        }.sorted { ($1.timeConstantSamples[0], $0.unit) < ($0.timeConstantSamples[0], $1.unit) }
        integrator = Self.means(inspection.integrator)
        strayShare = inspection.strayShare
        periodSeconds = period
    }

    private static func means(_ values: [Double]) -> [[Double]] {
        stretches.map { stretch in
            let window = LawInspection.window
            let ranges = [
                (stretch.before - window)..<stretch.before, stretch.during,
                (stretch.after - window)..<stretch.after,
            ]
            return ranges.map { values[$0].reduce(0, +) / Double($0.count) }
        }
    }

    func text() -> String {
        var memories = TextTable(
            ["unit", "is", "tau s", "samples", "shortest", "longest"]
                + situations.map { "f, \($0)" })
        var others = TextTable(
            ["unit"] + situations.map { "i, \($0)" } + situations.map { "o, \($0)" })
        for unit in units {
            let tau = unit.timeConstantSamples
            memories.rows.append(
                [
                    .integer(unit.unit), .text(unit.role),
                    .number(unit.timeConstant[0], digits: 3), .number(tau[0], digits: 3),
                    .number(tau[1], digits: 3), .number(tau[2], digits: 3),
                ] + unit.forget.map { .text(Self.triple($0)) })
            others.rows.append(
                [.integer(unit.unit)]
                    + (unit.input + unit.output).map { .text(Self.triple($0)) })
        }
        var result = words() + "\n\n" + memories.text() + "\n" + others.text()
        result += "\ntau = -Ts / ln f at rest, and its range in the run in samples; "
        result += "gates: means before, during, after\nintegrator cell: "
        result += zip(situations, integrator).map { "\($0) \(Self.triple($1))" }
            .joined(separator: ", ")
        result += " of the command's range\n"
        if strayShare > 0 {
            result += "ticks in which the supervisor chose another law: "
            result += "\(NumberText.significant(100 * strayShare, digits: 2)) %\n"
        }
        return result
    }

    private static func triple(_ means: [Double]) -> String {
        means.map { NumberText.fixed($0, decimals: 2) }.joined(separator: " ")
    }

    /// Which units remember, and for how long.
    private func words() -> String {
        func list(_ found: [Unit], _ text: (Unit) -> String) -> String {
            found.isEmpty ? "none" : found.map(text).joined(separator: ", ")
        }
        func named(_ role: UnitMemory.Role) -> [Unit] {
            units.filter { $0.role == role.rawValue }
        }
        func lasting(_ unit: Unit, _ seconds: Double) -> String {
            "\(unit.unit) (\(seconds.isFinite ? NumberText.duration(seconds: seconds) : "for ever"))"
        }
        let episode = NumberText.duration(seconds: UnitMemory.episode * periodSeconds)
        let opening = units.filter {
            $0.role != UnitMemory.Role.integrator.rawValue
                && $0.timeConstantSamples[2] > UnitMemory.episode
        }
        return """
            run on \(process): \(situations.joined(separator: ", "))
            integrators at rest, tau beyond an episode of \(episode): \
            \(list(named(.integrator)) { lasting($0, $0.timeConstant[0]) })
            integrators at times, tau at the most: \
            \(list(opening) { lasting($0, $0.timeConstant[2]) })
            leaks, tau at rest: \(list(named(.leak)) { lasting($0, $0.timeConstant[0]) })
            fast, less than two samples: \(list(named(.fast)) { "\($0.unit)" })
            """
    }
}
