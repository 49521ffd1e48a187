package import Episodes
import FixedPoint
import GatedMemory
package import ModelFile
import Plants

/// What every unit of a law does while the product's loop runs it on the nominal plant: at rest,
/// after a step of the setpoint, under a load, with the actuator at its limit, and after that.
package struct LawInspection: Sendable {
    package let periodSeconds: Double
    /// Of every sample: parts of the span, and of the command's range.
    package private(set) var setpoint: [Double] = []
    package private(set) var output: [Double] = []
    package private(set) var command: [Double] = []
    package private(set) var integrator: [Double] = []
    /// Unit by unit.
    package private(set) var units: [UnitTrace]
    /// Share of ticks in which the supervisor let another law act.
    package private(set) var strayShare = 0.0

    /// The gates of one unit, sample by sample, 0 ... 1.
    package struct UnitTrace: Sendable {
        package fileprivate(set) var input: [Double] = []
        /// `1 - f`
        package fileprivate(set) var leak: [Double] = []
        package fileprivate(set) var output: [Double] = []
    }

    /// Samples at which something happens, and the last one.
    package static let step = 160
    package static let load = 360
    package static let unload = 560
    package static let saturation = 760
    package static let release = 820
    package static let samples = 1_020

    /// Samples over which gates are averaged.
    package static let window = 40
    private static let loadSize = 0.08
    /// How far the load takes the needed command beyond the range, in parts of it.
    private static let excess = 0.08
    /// Where in the range of setpoints the step begins and ends.
    private static let levels = (0.35, 0.65)

    /// Runs the law.
    ///
    /// - Throws: when the plant has no rest at these setpoints, or the model cannot be laid out.
    package init(
        _ model: Model, _ family: PlantFamily, fallback: SamplePIDGains
    ) throws {
        periodSeconds = family.periodSeconds
        units = [UnitTrace](repeating: UnitTrace(), count: model.shape.units)
        let block = try Self.scenario(family)
        var lanes = try LoopLanes(model, fallback: fallback)
        let law = lanes
        let count = model.shape.units
        var (outputs, commands, integrators) = ([Double](), [Double](), [Double]())
        var traces = units
        _ = Rollout.run(block, &lanes) { _, output, command in
            outputs.append(Double(output[0]))
            commands.append(Double(command[0]))
            integrators.append(Double(law.integrators[0]))
            for unit in 0..<count {
                guard let gates = law.gates(lane: 0, unit: unit) else { continue }
                traces[unit].input.append(gates.input.doubleValue)
                traces[unit].leak.append(gates.leak.doubleValue)
                traces[unit].output.append(gates.output.doubleValue)
            }
        }
        setpoint = block.setpoint.map { Double($0[0]) }
        (output, command, integrator, units) = (outputs, commands, integrators, traces)
        strayShare =
            Double(law.strayTicks) / Double(Self.samples * Lanes.scalarCount)
    }

    /// Sixteen times the same episode on the nominal plant, without noise.
    private static func scenario(_ family: PlantFamily) throws -> EpisodeBlock {
        let variation = PlantVariation(lagCount: family.lagCount)
        let plants = family.plants(
            [PlantVariation](repeating: variation, count: Lanes.scalarCount))
        var generator = EpisodeGenerator(family, seed: 1, stream: 1)
        var block = try generator.block(plants, samples: samples) { _ in }
        let width = family.setpoints.upperBound - family.setpoints.lowerBound
        let low = family.setpoints.lowerBound + levels.0 * width
        let high = family.setpoints.lowerBound + levels.1 * width
        block.noise = [Lanes](repeating: .zero, count: samples)
        let rest = try plants.equilibrium(output: Lanes(low))
        block.startOutput = Lanes(low)
        block.startState = rest.state
        block.startCommand = rest.command - Float(family.standingLoad)
        let needed =
            Double(try plants.equilibrium(output: Lanes(high)).command[0]) - family.standingLoad
        let end = family.commandLow + family.commandSpan
        for sample in 0..<samples {
            block.setpoint[sample] = Lanes(sample < step ? low : high)
            var load = 0.0
            if (Self.load..<unload).contains(sample) { load = -loadSize * family.commandSpan }
            if (saturation..<release).contains(sample) {
                load = needed - end - excess * family.commandSpan
            }
            block.load[sample] = Lanes(load + family.standingLoad)
        }
        return block
    }
}
