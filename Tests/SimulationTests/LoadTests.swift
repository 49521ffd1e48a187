import FixedPoint
import Simulation
import Testing

@Suite("Loads on the simulated plant")
struct LoadTests {
    private func outputs(
        _ shape: LoadShape, start: Double = 2, duration: Double = .infinity, ticks: Int = 8,
        seed: UInt64 = 1
    ) throws -> [Double] {
        let load = Disturbance(
            startSeconds: start, durationSeconds: duration, kind: .load(input: 0, shape: shape))
        return try Bench.outputs(Bench.scenario(disturbances: [load], seed: seed), ticks: ticks)
    }

    @Test("a step begins with the period of its start and ends with that of its end")
    func step() throws {
        let outputs = try outputs(.step(7), duration: 3)
        #expect(Bench.isNear(outputs, [0, 0, 7, 7, 7, 0, 0, 0]))
    }

    @Test("a step between two ticks begins with the next one")
    func between() throws {
        let outputs = try outputs(.step(7), start: 1.5, duration: 1)
        #expect(Bench.isNear(outputs, [0, 0, 7, 0, 0, 0, 0, 0]))
        let short = try self.outputs(.step(7), start: 2.25, duration: 0.5)
        #expect(Bench.isNear(short, [0, 0, 0, 0, 0, 0, 0, 0]))
    }

    @Test("a step that stays stays")
    func stays() throws {
        let outputs = try outputs(.step(-7), start: 0)
        #expect(Bench.isNear(outputs, [-7, -7, -7, -7, -7, -7, -7, -7]))
    }

    @Test("a ramp grows from 0 to its value and stays there")
    func ramp() throws {
        let outputs = try outputs(.ramp(to: 8, overSeconds: 4))
        #expect(Bench.isNear(outputs, [0, 0, 0, 2, 4, 6, 8, 8]))
        let jump = try self.outputs(.ramp(to: 8, overSeconds: 0))
        #expect(Bench.isNear(jump, [0, 0, 8, 8, 8, 8, 8, 8]))
    }

    @Test("a sine starts at 0 and swings by its amplitude")
    func sine() throws {
        let outputs = try outputs(.sine(amplitude: 5, periodSeconds: 4), ticks: 10)
        #expect(Bench.isNear(outputs, [0, 0, 0, 5, 0, -5, 0, 5, 0, -5]))
    }

    @Test("a walk wanders by steps of its deviation and never beyond its bound")
    func walk() throws {
        let walk = try outputs(
            .walk(deviationPerRootSecond: 0.5, bound: 4), start: 0, ticks: 1_000)
        #expect(walk.allSatisfy { abs($0) <= 4 + Bench.residue })
        #expect(walk.contains { $0 > 3.9 } && walk.contains { $0 < -3.9 })
        let steps = zip(walk.dropFirst(), walk).map { $0 - $1 }
        let inside = zip(steps, walk).filter { abs($0.1) < 2 }.map(\.0)
        let square = inside.reduce(0) { $0 + $1 * $1 } / Double(inside.count)
        // Some hundred steps: a sixth is four standard errors.
        #expect(abs(square.squareRoot() - 0.5) < 0.08)
        let still = try outputs(.walk(deviationPerRootSecond: 0.5, bound: 0), start: 0)
        #expect(Bench.isNear(still, [0, 0, 0, 0, 0, 0, 0, 0]))
    }

    @Test("the walk's steps grow with the square root of the period")
    func walkPeriod() throws {
        var scenario = Bench.scenario(
            disturbances: [
                Disturbance(
                    startSeconds: 0, durationSeconds: .infinity,
                    kind: .load(
                        input: 0, shape: .walk(deviationPerRootSecond: 1, bound: 1_000)))
            ])
        let second = try Bench.outputs(scenario, ticks: 1)
        scenario.periodSeconds = 4
        let four = try Bench.outputs(scenario, ticks: 1)
        #expect(abs(four[0] - 2 * second[0]) < Bench.residue)
    }

    @Test("the walk is that of its seed, and each walk has its own")
    func walkSeeds() throws {
        let shape = LoadShape.walk(deviationPerRootSecond: 1, bound: 100)
        let one = try outputs(shape, seed: 1)
        #expect(try outputs(shape, seed: 1) == one)
        #expect(try outputs(shape, seed: 2) != one)
        let kind = Disturbance.Kind.load(input: 0, shape: shape)
        let walk = Disturbance(startSeconds: 2, durationSeconds: .infinity, kind: kind)
        let both = try Bench.outputs(Bench.scenario(disturbances: [walk, walk]), ticks: 8)
        #expect(!Bench.isNear(both, one.map { 2 * $0 }, within: 0.01))
    }

    @Test("loads on one input add up, and act behind the actuator's limits")
    func sum() throws {
        let loads = [(0.0, 30.0), (1, 40), (2, -200)].map { start, value in
            Disturbance(
                startSeconds: start, durationSeconds: .infinity,
                kind: .load(input: 0, shape: .step(value)))
        }
        let outputs = try Bench.outputs(Bench.scenario(disturbances: loads), ticks: 3) { _ in 90 }
        #expect(Bench.isNear(outputs, [120, 160, -40]))
    }

    @Test("a load acts on its own input alone")
    func secondInput() throws {
        let load = Disturbance(
            startSeconds: 0, durationSeconds: .infinity,
            kind: .load(input: 1, shape: .step(50)))
        let scenario = Scenario(
            plant: "tclab", periodSeconds: 1, seed: 1,
            sensors: [SensorModel(output: 0), SensorModel(output: 1)], actuators: [],
            disturbances: [load])
        let plant = try SimulatedPlant(scenario)
        var remaining = 60
        while remaining > 0 {
            plant.advance()
            remaining -= 1
        }
        // The second heater warms its own sensor, and the first by what crosses over.
        #expect(plant.truth(ofSensor: 1) > plant.truth(ofSensor: 0) + 0.5)
        #expect(plant.truth(ofSensor: 0) > 21)
    }
}
