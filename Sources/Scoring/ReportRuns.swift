import Episodes
import FoundationEssentials
import Glibc
import ModelFile
import Pictures
import Plants
import Training

/// The runs that a report draws: one episode of each class, a long hold, sensitivities, excursions.
struct ReportRuns {
    private(set) var responses: [Figure] = []
    let sensitivity: Figure
    let hold: Figure
    let excursions: [EnvelopeExcursion]
    /// What the model file's own certificate says.
    let claimedFixedOverFloat: Double?

    private static let seed: UInt64 = 777
    private static let stream: UInt64 = 51
    private static let holdLoad = 0.25
    /// Where in the range of setpoints sensitivities are drawn.
    private static let places = [0.1, 0.5, 0.9]

    init(_ model: Model, _ plant: PlantCase, _ baselines: Baselines) throws {
        excursions = try EnvelopeExcursion.both(model, plant, baselines)
        sensitivity = try Self.sensitivity(model, plant, baselines)
        claimedFixedOverFloat = Self.claim(model)
        var generator = EpisodeGenerator(plant.family, seed: Self.seed, stream: Self.stream)
        for signal in SignalClass.allCases {
            let block = try generator.test(signal, blocks: 1)[0]
            responses.append(
                try Self.figure(
                    signal.rawValue.replacing("_", with: " "), block, model, plant, baselines))
        }
        let long = try generator.longHolds(blocks: 1, load: Self.holdLoad)[0]
        hold = try Self.figure("long hold under a load", long, model, plant, baselines)
    }

    private static func claim(_ model: Model) -> Double? {
        Certificate(json: model.description.certificate)?.evaluation.fixedOverFloat
    }

    // MARK: Responses

    private struct Course {
        var output: [Double] = []
        var command: [Double] = []
    }

    private static func course<Law: LaneLaw>(
        _ block: EpisodeBlock, _ law: inout Law, _ plant: PlantCase
    ) -> Course {
        let family = plant.family
        var course = Course()
        _ = Rollout.run(block, &law) { _, output, command in
            course.output.append(plant.units.output(Double(output[0])))
            let part = Double(command[0]) * family.commandSpan + family.commandLow
            course.command.append(plant.units.command(part))
        }
        return course
    }

    private static func figure(
        _ title: String, _ block: EpisodeBlock, _ model: Model, _ plant: PlantCase,
        _ baselines: Baselines
    ) throws -> Figure {
        let family = plant.family
        var law = try LoopLanes(model, fallback: baselines.fallback)
        let (name, gains) = (baselines.references.name, baselines.references.gains[0])
        var pid = LanePID(LanePIDGains(gains))
        let (own, rival) = (course(block, &law, plant), course(block, &pid, plant))
        let setpoint = block.setpoint.map { plant.units.output(Double($0[0])) }
        let load = block.load.map {
            (Double($0[0]) - family.standingLoad) * plant.units.commandUnit
        }
        let times = block.setpoint.indices.map { Double($0) * family.periodSeconds }
        let rivalName = baselines.optimal == nil ? "simc_pi" : name
        return Figure(
            title: title, times: times,
            panels: [
                Panel(
                    "output", unit: "",
                    series: [
                        Series("setpoint", setpoint, stroke: .dashed, ink: .black),
                        Series(rivalName, rival.output, ink: .vermilion),
                        Series("law", own.output, ink: .blue),
                    ]),
                Panel(
                    "command", unit: "",
                    series: [
                        Series("load", load, stroke: .step, ink: .grey),
                        Series(rivalName, rival.command, stroke: .step, ink: .vermilion),
                        Series("law", own.command, stroke: .step, ink: .blue),
                    ], height: 100),
            ])
    }

    // MARK: Sensitivity

    private static func sensitivity(
        _ model: Model, _ plant: PlantCase, _ baselines: Baselines
    ) throws -> Figure {
        let family = plant.family
        let range = family.setpoints
        // The probe's last frequencies fill up its lanes and are out of order.
        let order = LawProbe.turns.indices.sorted { LawProbe.turns[$0] < LawProbe.turns[$1] }
        let decades = order.map { log10(Double(LawProbe.turns[$0]) / Double(LawProbe.window)) }
        let inks: [Ink] = [.sky, .blue, .purple]
        var series: [Series] = []
        for (place, ink) in zip(places, inks) {
            let output = range.lowerBound + place * (range.upperBound - range.lowerBound)
            let law = try LoopLanes(model, fallback: baselines.fallback)
            guard let found = try LawProbe.sensitivity(law, family, output: output) else {
                continue
            }
            let label = NumberText.significant(plant.units.output(output), digits: 3)
            series.append(Series("law at \(label)", order.map { found[$0] }, ink: ink))
        }
        if let optimal = baselines.optimal {
            let middle = (range.lowerBound + range.upperBound) / 2
            let found = try LawProbe.sensitivity(
                LanePID(LanePIDGains(optimal)), family, output: middle)
            if let found {
                series.append(
                    Series("pid* in the middle", order.map { found[$0] }, ink: .vermilion))
            }
        }
        series.append(
            Series(
                "limit", order.map { _ in Certificate.Limits().sensitivityPeak }, stroke: .dashed,
                ink: .black))
        return Figure(
            title: "Sensitivity", times: decades,
            axisLabel: "log10 of the frequency, turns in a sample",
            panels: [Panel("|S|", unit: "", series: series, height: 180)])
    }
}
