import EpisodeReference
import Episodes
import Foundation
import Testing
import Tuning

@Suite("Episodes by chance")
struct EpisodeGeneratorTests {
    private static let families = [ReferenceFamilies.fractional, ReferenceFamilies.motor]

    /// Everything about some blocks as bits: signals, starts, dead times, and how the plants move.
    private func bits(_ blocks: [EpisodeBlock]) -> [UInt32] {
        var result: [UInt32] = []
        for block in blocks {
            let signals = block.setpoint + block.load + block.noise + block.startState
            var all = signals + [block.startOutput, block.startCommand, block.weight]
            var law = ScriptedLaw([Lanes](repeating: Lanes(0.55), count: block.count))
            all.append(Rollout.run(block, &law).total)
            for lanes in all {
                for lane in 0..<Lanes.scalarCount { result.append(lanes[lane].bitPattern) }
            }
            result += block.plants.delays.map { UInt32($0) }
        }
        return result
    }

    private func everything(_ family: PlantFamily, seed: UInt64, stream: UInt64) throws -> [UInt32]
    {
        var generator = EpisodeGenerator(family, seed: seed, stream: stream)
        var blocks = try generator.mixture(blocks: 1, samples: 60)
        blocks += try generator.test(.walkLoad, blocks: 1, samples: 60)
        return bits(blocks)
    }

    @Test("the same seed gives the same bits", arguments: families)
    func repeats(family: PlantFamily) throws {
        #expect(
            try everything(family, seed: 6, stream: 1) == everything(family, seed: 6, stream: 1))
    }

    @Test("another seed or stream gives other episodes", arguments: families)
    func varies(family: PlantFamily) throws {
        let first = try everything(family, seed: 6, stream: 1)
        for (seed, stream) in [(7, 1), (6, 2), (1, 6)] as [(UInt64, UInt64)] {
            let other = try everything(family, seed: seed, stream: stream)
            let same = zip(first, other).filter { $0 == $1 }.count
            // Zeros, weights and equal dead times are the same in all; half is more than those.
            #expect(same < first.count / 2)
        }
    }

    @Test("uniform, logarithmic and normal numbers have their mean, range and deviation")
    func draws() {
        var random = EpisodeRandom(seed: 3, stream: 3)
        let count = 20_000
        let uniform = (0..<count).map { _ in random.uniform(2...4) }
        #expect(uniform.allSatisfy { 2...4 ~= $0 })
        // Four deviations of a mean of so many.
        let tolerance = 4 / Double(count).squareRoot()
        #expect(abs(uniform.reduce(0, +) / Double(count) - 3) < tolerance * 2 / 12.0.squareRoot())
        let spread = (0..<count).map { _ in random.logUniform(0.1...10) }
        #expect(spread.allSatisfy { $0 > 0.0999 && $0 < 10.001 })
        let below = spread.filter { $0 < 1 }.count
        #expect(abs(Double(below) / Double(count) - 0.5) < tolerance * 0.5)
        let normal = (0..<count).map { _ in random.normal() }
        #expect(abs(normal.reduce(0, +) / Double(count)) < tolerance)
        let square = normal.reduce(0) { $0 + $1 * $1 } / Double(count)
        #expect(abs(square - 1) < tolerance * 2.0.squareRoot())
        let signs = (0..<count).map { _ in random.sign() }
        #expect(signs.allSatisfy { abs($0) == 1 })
        #expect(abs(signs.reduce(0, +) / Double(count)) < tolerance)
    }

    @Test("the noise has the family's deviation")
    func drawsNoise() throws {
        var generator = EpisodeGenerator(ReferenceFamilies.fractional, seed: 6, stream: 1)
        let block = try generator.test(.steps, blocks: 1)[0]
        let sum = block.noise.reduce(0.0) { $0 + ($1 * $1).total }
        let deviation = (sum / Double(16 * block.count)).squareRoot()
        #expect(abs(deviation / 0.002 - 1) < 0.04)
    }

    @Test("corners have the nine pairs of gain and time, gain first")
    func makesCorners() throws {
        let family = ReferenceFamilies.fractional
        var generator = EpisodeGenerator(family, seed: 6, stream: 1)
        let corners = try generator.corners(blocksEach: 1)
        #expect(corners.count == 9)
        var expected: [(gain: Double, time: Double)] = []
        for gain in [0.7, 1, 1.3] { for time in [0.7, 1, 1.3] { expected.append((gain, time)) } }
        for (blocks, (gain, time)) in zip(corners, expected) {
            let model = try blocks[0].plants.linearised(lane: 9, output: Lanes(0.5))
            let input = model.now[0] + model.before[0]
            #expect(abs(model.c[0] * input / (1 - model.transition[0, 0]) - gain) < 1e-9)
            #expect(abs(model.transition[0, 0] - exp(-0.1 / time)) < 1e-9)
            #expect(model.delay == Int(4.3 * time))
        }
    }

    @Test(
        "a probe is a sine of whole turns on the measurement, at rest otherwise",
        arguments: [SensitivityProbe.usual, .slow])
    func makesProbes(probe: SensitivityProbe) throws {
        var generator = EpisodeGenerator(ReferenceFamilies.fractional, seed: 6, stream: 1)
        let block = try generator.probes(probe, blocks: 1, spread: 0.2, loopGain: 8)[0]
        guard case .sensitivity(let amplitude, let limit) = block.goal else {
            Issue.record("no probe")
            return
        }
        #expect(block.count == probe.samples && block.quantum == 0)
        #expect(block.lead == SensitivityProbe.lead && block.lead % probe.window == 0)
        #expect(limit == Lanes(repeating: 1.6))
        for lane in 0..<Lanes.scalarCount {
            // A law with twice the usual gain gets half the amplitude.
            #expect((0.0004...0.006).contains(Double(amplitude[lane])))
            let window = block.noise.suffix(probe.window)
            // Whole turns: no mean, and the power of a sine.
            let sum = window.reduce(0.0) { $0 + Double($1[lane]) }
            let power = window.reduce(0.0) { $0 + Double($1[lane] * $1[lane]) }
            #expect(abs(sum) < 1e-6)
            let size = Double(amplitude[lane])
            #expect(abs(power / Double(probe.window) / (size * size) - 0.5) < 1e-5)
            for sample in stride(from: 0, to: block.count, by: 17) {
                #expect(block.setpoint[sample][lane] == block.startOutput[lane])
                #expect(block.load[sample][lane] == 0)
            }
        }
    }

    @Test("a disturbed probe begins away, under a load that its command can bear")
    func disturbs() throws {
        let family = ReferenceFamilies.fractional
        var generator = EpisodeGenerator(family, seed: 6, stream: 1)
        let block = try generator.disturbedProbes(.slow, blocks: 1, loopGain: 8)[0]
        let range = family.setpoints
        let rest = try block.plants.equilibrium(output: block.setpoint[0])
        for lane in 0..<Lanes.scalarCount {
            let (load, setpoint) = (block.load[0][lane], block.setpoint[0][lane])
            #expect(block.load.allSatisfy { $0[lane] == load })
            #expect(block.setpoint.allSatisfy { $0[lane] == setpoint })
            let distance = Double(setpoint - block.startOutput[lane])
            let width = range.upperBound - range.lowerBound
            #expect(distance != 0 && abs(distance) < 0.401 * width)
            #expect(range.contains(Double(block.startOutput[lane])))
            #expect(load != 0 && abs(load) <= 0.25)
            let needed =
                (Double(rest.command[lane] - load) - family.commandLow) / family.commandSpan
            #expect((0.049...0.951).contains(needed))
        }
        guard case .sensitivity(let amplitude, let limit) = block.goal else {
            Issue.record("no probe")
            return
        }
        // At corners a loop may be less robust, but a hunt must not hide behind the sine.
        #expect(limit.evenHalf == SIMD8(repeating: 3) && limit.oddHalf == SIMD8(repeating: 1.6))
        #expect(amplitude.evenHalf.max() < 0.001 && amplitude.oddHalf.max() > 0.001)
        #expect(
            block.startCommand
                == (try block.plants.equilibrium(output: block.startOutput)).command)
    }
}
