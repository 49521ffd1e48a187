package import Episodes
import Glibc
package import Plants
import Tuning

/// The sensitivity of any law's loop about an operating point, by sines on its measurement.
///
/// The loop runs closed, on the nominal plant and without other noise, with a small sine on the
/// measurement in each lane; what comes out is correlated over whole turns. Closed, since a law may hold
/// more than one integrator and drift away in an open loop, however calm it is in a closed one.
package struct LawProbe: Sendable {
    /// Samples of settling in the loop at most, and those at whose end it is looked whether it rests:
    /// a law of long memory creeps for a while, where one that hunts never rests.
    private static let loopSamples = 6_000
    private static let restWindow = 300
    /// Samples of settling under the sine, whole windows, and of correlation.
    private static let settling = 2_048
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
        guard try isCalm(law, family, plants, level) else { return nil }
        var found: [Double] = []
        for start in stride(from: 0, to: turns.count, by: Lanes.scalarCount) {
            let tried = Array(turns[start..<(start + Lanes.scalarCount)])
            found += try respond(law, family, plants, tried, level)
        }
        return found
    }

    /// Whether the loop comes to rest after a push.
    private static func isCalm<Law: LaneLaw>(
        _ law: Law, _ family: PlantFamily, _ plants: PlantLanes, _ level: Lanes
    ) throws(PlantFault) -> Bool {
        var block = try rest(family, plants, level, samples: loopSamples)
        // A loop that begins exactly at rest may stay there for ever, stable or not.
        for sample in 0..<pushSamples { block.setpoint[sample] += push }
        var law = law
        var (low, high) = (Float.infinity, -Float.infinity)
        _ = Rollout.run(block, &law) { sample, output, _ in
            guard sample >= loopSamples - restWindow else { return }
            low = min(low, output[0])
            high = max(high, output[0])
        }
        return high - low < restTolerance
    }

    private static func rest(
        _ family: PlantFamily, _ plants: PlantLanes, _ level: Lanes, samples: Int
    ) throws(PlantFault) -> EpisodeBlock {
        var generator = EpisodeGenerator(family, seed: 1, stream: 1)
        var block = try generator.block(plants, samples: samples) { _ in }
        block.quantum = 0
        block.noise = [Lanes](repeating: .zero, count: samples)
        block.setpoint = [Lanes](repeating: level, count: samples)
        let rest = try plants.equilibrium(output: level)
        block.startOutput = level
        block.startState = rest.state
        block.startCommand = rest.command - Float(family.standingLoad)
        return block
    }

    /// What is left in the measurement of a sine on it, over the sine, for each of sixteen frequencies.
    private static func respond<Law: LaneLaw>(
        _ law: Law, _ family: PlantFamily, _ plants: PlantLanes, _ turns: [Int], _ level: Lanes
    ) throws(PlantFault) -> [Double] {
        var block = try rest(family, plants, level, samples: settling + window)
        func angle(_ count: Int, _ sample: Int) -> Double {
            2 * Double.pi * Double(count * sample % window) / Double(window)
        }
        for sample in 0..<block.count {
            for (lane, count) in turns.enumerated() {
                block.noise[sample][lane] = amplitude * Float(sin(angle(count, sample)))
            }
        }
        var law = law
        var (inPhase, quadrature) = (
            [Double](repeating: 0, count: turns.count), [Double](repeating: 0, count: turns.count)
        )
        _ = Rollout.run(block, &law) { sample, output, _ in
            guard sample >= settling else { return }
            for (lane, count) in turns.enumerated() {
                let deviation = Double(output[lane] - level[lane])
                inPhase[lane] += deviation * sin(angle(count, sample))
                quadrature[lane] += deviation * cos(angle(count, sample))
            }
        }
        let scale = 2 / (Double(window) * Double(amplitude))
        return zip(inPhase, quadrature).map { Complex(1 + $0 * scale, $1 * scale).magnitude }
    }
}
