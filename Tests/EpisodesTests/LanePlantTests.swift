import EpisodeReference
import Episodes
import Testing
import Tuning

@Suite("Plants in lanes")
struct LanePlantTests {
    /// Rounding to 6e-8 in each of 300 samples adds up in an integrator; the Runge-Kutta steps of
    /// the other side leave 1e-6.
    private let linearTolerance = 3e-5
    /// What the coarser steps of the lanes promise, in parts of the span.
    private let nonlinearTolerance = 1e-4
    #if DEBUG
        private let samples = 60
    #else
        private let samples = 300
    #endif

    /// Sixteen relatives, all different.
    private func variations(_ family: PlantFamily) -> [PlantVariation] {
        var random = EpisodeRandom(seed: 11, stream: 5)
        return (0..<Lanes.scalarCount).map { _ in
            PlantVariation.wide(lagCount: family.lagCount, &random)
        }
    }

    /// The largest difference between lanes and scalar plants under commands and loads that jump at
    /// random, from rest.
    private func difference(_ family: PlantFamily) throws -> Double {
        let variations = variations(family)
        var random = EpisodeRandom(seed: 3, stream: 9)
        var generator = EpisodeGenerator(family, seed: 4, stream: 4)
        let block = try generator.block(variations, samples: samples) { draft in
            for sample in draft.load.indices {
                draft.load[sample] = sample % 37 < 20 ? 0 : draft.random.uniform(-0.1...0.1)
            }
        }
        var commands: [Lanes] = []
        let start = (block.startCommand - block.commandLow) / block.commandSpan
        for sample in 0..<samples {
            var next = commands.last ?? start
            for lane in 0..<Lanes.scalarCount where (sample + lane) % 9 == 0 {
                let low = family.isBipolar ? 0.4 : 0.3
                next[lane] = Float(random.uniform(low...0.6))
            }
            commands.append(next)
        }
        var outputs: [Lanes] = []
        var law = ScriptedLaw(commands)
        _ = Rollout.run(block, &law) { _, output, _ in outputs.append(output) }
        var worst = 0.0
        for lane in 0..<Lanes.scalarCount {
            var twin = try ScalarPlant(
                family, variations[lane], output: Double(block.startOutput[lane]))
            #expect(abs(twin.startCommand - Double(block.startCommand[lane])) < 1e-5)
            for sample in 0..<samples {
                worst = max(worst, abs(twin.output - Double(outputs[sample][lane])))
                let command = commands[sample][lane] * block.commandSpan + block.commandLow
                twin.step(command: Double(command), load: Double(block.load[sample][lane]))
            }
            #expect(abs(twin.output - Double(block.startOutput[lane])) > 1e-3, "it moved")
        }
        return worst
    }

    @Test(
        "linear plants move as fine Runge-Kutta steps behind an exact dead time move them",
        arguments: ReferenceFamilies.linear)
    func movesLinear(family: PlantFamily) throws {
        let worst = try difference(family)
        #expect(worst < linearTolerance, "\(family.name)")
    }

    @Test(
        "heater, motor and tank move as with fine Runge-Kutta steps",
        arguments: ReferenceFamilies.nonlinear)
    func movesNonlinear(family: PlantFamily) throws {
        let worst = try difference(family)
        #expect(worst < nonlinearTolerance, "\(family.name)")
    }

    @Test(
        "a plant at its equilibrium stands still",
        arguments: ReferenceFamilies.linear + ReferenceFamilies.nonlinear)
    func standsStill(family: PlantFamily) throws {
        var generator = EpisodeGenerator(family, seed: 8, stream: 1)
        let block = try generator.block(variations(family), samples: samples) { _ in }
        let start = (block.startCommand - block.commandLow) / block.commandSpan
        var law = ScriptedLaw([Lanes](repeating: start, count: samples))
        // Where the command that rests is within the range.
        let lanes = (0..<Lanes.scalarCount).filter { (0...1).contains(start[$0]) }
        #expect(lanes.count > Lanes.scalarCount / 2)
        var worst: Float = 0
        _ = Rollout.run(block, &law) { _, output, _ in
            let moved = Rollout.magnitude(output - block.startOutput)
            for lane in lanes { worst = max(worst, moved[lane]) }
        }
        // 323 K in single precision are rounded to 3e-5 K, 5e-7 of the span, in each step.
        #expect(worst < 2e-5, "\(family.name)")
    }

    @Test(
        "a model linearised about an output steps as small differences of the plant",
        arguments: ReferenceFamilies.linear + ReferenceFamilies.nonlinear)
    func linearises(family: PlantFamily) throws {
        let variations = variations(family)
        let plants = family.plants(variations)
        let (lane, output, step) = (6, 0.4, 1e-4)
        let model = try plants.linearised(lane: lane, output: Lanes(output))
        var above = try ScalarPlant(family, variations[lane], output: output)
        var below = above
        let command = above.startCommand
        var state = [Double](repeating: 0, count: model.order)
        var largest = 0.0
        var worst = 0.0
        for sample in 0..<60 {
            let expected = (above.output - below.output) / (2 * step)
            let found = zip(model.c, state).reduce(0) { $0 + $1.0 * $1.1 }
            largest = max(largest, abs(expected))
            worst = max(worst, abs(found - expected))
            above.step(command: command + step, load: 0)
            below.step(command: command - step, load: 0)
            let now = sample >= model.delay ? 1.0 : 0
            let before = sample >= model.delay + 1 ? 1.0 : 0
            let moved = model.transition.times(state)
            for index in state.indices {
                state[index] = moved[index] + model.now[index] * now + model.before[index] * before
            }
        }
        #expect(largest > 0.05)
        // Derivatives in single precision and of the lanes' coarser steps.
        #expect(worst < 1e-3 * largest, "\(family.name)")
    }

    @Test("plants that cannot hold an output say so")
    func refusesRest() throws {
        // A double integrator has no last state alone.
        var a = Matrix(rows: 2, columns: 2)
        a[1, 1] = 0
        let space = StateSpace(a: a, b: [1, 0], c: [1, 0])
        let plants = PlantLanes(
            [(space: StateSpace, deadTimeSeconds: Double)](
                repeating: (space, 0), count: Lanes.scalarCount), periodSeconds: 1)
        #expect(throws: (any Error).self) { try plants.equilibrium(output: Lanes(0.5)) }
    }

    @Test("a derivative's way forward and back agree", arguments: ReferenceFamilies.nonlinear)
    func pullsBack(family: PlantFamily) throws {
        let plants = family.plants(variations(family))
        let plant = plants.plant
        let rest = try plants.equilibrium(output: Lanes(0.4))
        var scratch = LaneScratch(stateCount: plant.stateCount)
        scratch.state = rest.state
        var room = [Lanes](repeating: .zero, count: plant.jacobianCount)
        var span = room.mutableSpan
        plant.advance(
            &scratch, now: rest.command, before: rest.command, jacobian: &span, from: 0)
        var plain = LaneScratch(stateCount: plant.stateCount)
        plain.state = rest.state
        plant.advance(&plain, now: rest.command, before: rest.command)
        #expect(scratch.state == plain.state, "the same step with and without derivatives")

        var adjoint = [Lanes](repeating: .zero, count: plant.stateCount)
        plant.addOutput(Lanes(repeating: 1), to: &adjoint)
        let reached = plant.pullBack(&adjoint, &scratch, jacobian: room.span)
        let model = try plants.linearised(lane: 2, output: Lanes(0.4))
        for column in 0..<model.order {
            let expected = (0..<model.order).reduce(0) {
                $0 + model.c[$1] * model.transition[$1, column]
            }
            #expect(abs(Double(adjoint[column][2]) - expected) <= 1e-6 * abs(expected))
        }
        let gain = zip(model.c, model.now).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(Double(reached.now[2]) - gain) <= 1e-6 * abs(gain))
        #expect(reached.before == .zero)
    }
}
