package import Episodes
import Glibc
package import Plants
import Tuning

/// The frequency response of any law about an operating point, by sines on its measurement.
///
/// The law first settles in a closed loop on the nominal plant, without noise; then it runs open
/// loop, as it is, with a small sine on the measurement, its own command fed back to it. The answer
/// is correlated over whole turns.
package struct LawProbe: Sendable {
    /// Samples of settling in the loop at most, and those at whose end it is looked whether it rests:
    /// a law of long memory creeps for a while, where one that hunts never rests.
    private static let loopSamples = 6_000
    private static let restWindow = 300
    /// Samples of settling under the sine, and of correlation.
    private static let settling = 1_024
    package static let window = 1_024
    /// Step of the setpoint, in parts of the span, with which the settling begins, and how long.
    private static let push: Float = 0.01
    private static let pushSamples = 100
    private static let amplitude: Float = 0.002
    /// A loop is at rest when its output moves less than the step of a 12-bit sensor.
    private static let restTolerance: Float = 1 / 4_096

    /// Turns in a window that are tried: 2 ... 500, 6 % apart where that is more than one.
    package static let turns: [Int] = {
        var result: [Int] = []
        var value = 2.0
        while value < 500 {
            if result.last != Int(value.rounded()) { result.append(Int(value.rounded())) }
            value *= 1.06
        }
        while result.count % Lanes.scalarCount != 0 { result.append(500 + result.count % 11) }
        return result
    }()

    /// Peak of the sensitivity of a law on the nominal plant of a family at an output.
    ///
    /// `nil` when the loop does not come to rest: it is unstable, or has a limit cycle.
    package static func sensitivityPeak<Law: LaneLaw>(
        _ law: Law, _ family: PlantFamily, output: Double
    ) throws(PlantFault) -> Double? {
        try sensitivity(law, family, output: output).map { $0.max() ?? 0 }
    }

    /// The sensitivity at each of `turns`, in the same order.
    package static func sensitivity<Law: LaneLaw>(
        _ law: Law, _ family: PlantFamily, output: Double
    ) throws(PlantFault) -> [Double]? {
        let variation = PlantVariation(lagCount: family.lagCount)
        let plants = family.plants(
            [PlantVariation](repeating: variation, count: Lanes.scalarCount))
        let level = Lanes(output)
        guard let settled = try settle(law, family, plants, level) else { return nil }
        let model = try plants.linearised(lane: 0, output: level)
        var found: [Double] = []
        for start in stride(from: 0, to: turns.count, by: Lanes.scalarCount) {
            let tried = Array(turns[start..<(start + Lanes.scalarCount)])
            let answers = respond(settled, tried, level)
            for (lane, answer) in answers.enumerated() {
                let plant = model.response(
                    at: 2 * Double.pi * Double(tried[lane]) / Double(window))
                let loop = family.commandSpan * (plant * answer)
                // The law answers to the measurement: the loop's sign is its own.
                found.append(1 / (Complex(1) - loop).magnitude)
            }
        }
        return found
    }

    private static func settle<Law: LaneLaw>(
        _ law: Law, _ family: PlantFamily, _ plants: PlantLanes, _ level: Lanes
    ) throws(PlantFault) -> Law? {
        var generator = EpisodeGenerator(family, seed: 1, stream: 1)
        var block = try generator.block(plants, samples: loopSamples) { _ in }
        block.quantum = 0
        block.noise = [Lanes](repeating: .zero, count: loopSamples)
        block.setpoint = [Lanes](repeating: level, count: loopSamples)
        // A loop that begins exactly at rest may stay there for ever, stable or not.
        for sample in 0..<pushSamples { block.setpoint[sample] += push }
        let rest = try plants.equilibrium(output: level)
        block.startOutput = level
        block.startState = rest.state
        block.startCommand = rest.command - Float(family.standingLoad)
        var settled = law
        var (low, high) = (Float.infinity, -Float.infinity)
        _ = Rollout.run(block, &settled) { sample, output, _ in
            guard sample >= loopSamples - restWindow else { return }
            low = min(low, output[0])
            high = max(high, output[0])
        }
        return high - low < restTolerance ? settled : nil
    }

    /// From measurement to command.
    private static func respond<Law: LaneLaw>(
        _ settled: Law, _ turns: [Int], _ level: Lanes
    ) -> [Complex] {
        var law = settled.copied()
        var (inPhase, quadrature) = (
            [Double](repeating: 0, count: turns.count), [Double](repeating: 0, count: turns.count)
        )
        for sample in 0..<(settling + window) {
            var measurement = level
            for (lane, count) in turns.enumerated() {
                let angle = 2 * Double.pi * Double(count * sample % window) / Double(window)
                measurement[lane] += amplitude * Float(sin(angle))
            }
            let command = law.command(setpoint: level, measurement: measurement)
            guard sample >= settling else { continue }
            for (lane, count) in turns.enumerated() {
                let angle = 2 * Double.pi * Double(count * sample % window) / Double(window)
                inPhase[lane] += Double(command[lane]) * sin(angle)
                quadrature[lane] += Double(command[lane]) * cos(angle)
            }
        }
        let scale = 2 / (Double(window) * Double(amplitude))
        return zip(inPhase, quadrature).map { Complex($0 * scale, $1 * scale) }
    }
}
