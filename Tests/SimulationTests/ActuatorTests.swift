import Control
import FixedPoint
import Simulation
import Testing

@Suite("Simulated actuators")
struct ActuatorTests {
    /// The level in each period, given the commands before them.
    private func levels(
        _ model: ActuatorModel, _ commands: [Double], disturbances: [Disturbance] = []
    ) throws -> [Double] {
        let plant = try SimulatedPlant(
            Bench.scenario(actuator: model, disturbances: disturbances))
        return commands.map { command in
            plant.drive(actuator: 0, Bench.value(command))
            plant.advance()
            return plant.level(ofActuator: 0)
        }
    }

    @Test("it starts at its start level and follows its commands at once")
    func plain() throws {
        let model = ActuatorModel(input: 0, range: 0...100, start: 20)
        #expect(try SimulatedPlant(Bench.scenario(actuator: model)).level(ofActuator: 0) == 20)
        #expect(try levels(model, [1, 50, 0, 99.5]) == [1, 50, 0, 99.5])
    }

    @Test("without a command it keeps its level")
    func silent() throws {
        let plant = try SimulatedPlant(
            Bench.scenario(actuator: ActuatorModel(input: 0, range: 0...100, start: 20)))
        plant.advance()
        #expect(plant.level(ofActuator: 0) == 20)
        #expect(abs(plant.truth(ofSensor: 0) - 20) < Bench.residue)
    }

    @Test("commands beyond its range are clipped")
    func clipped() throws {
        let model = ActuatorModel(input: 0, range: -10...60, start: 0)
        #expect(try levels(model, [-10, -11, 60, 60.1, 1_000]) == [-10, -10, 60, 60, 60])
    }

    @Test("levels are whole steps, rounded to the nearest and then clipped")
    func quantum() throws {
        let model = ActuatorModel(input: 0, range: 0...10, start: 0, quantum: 4)
        #expect(try levels(model, [1.9, 2.1, 6.5, 10.1, -2.1]) == [0, 4, 8, 10, 0])
    }

    @Test("a command acts exactly so many periods later", arguments: [1, 2, 5])
    func delay(ticks: Int) throws {
        let model = ActuatorModel(input: 0, range: 0...100, start: 7, delayTicks: ticks)
        let commands = (0..<20).map { Double($0 * 3) }
        let expected = [Double](repeating: 7, count: ticks) + commands.dropLast(ticks)
        #expect(try levels(model, commands) == expected)
    }

    @Test("a stuck actuator keeps its level in those periods and then follows again")
    func stuck() throws {
        let stuck = Disturbance(
            startSeconds: 2, durationSeconds: 3, kind: .actuatorStuck(actuator: 0))
        let model = ActuatorModel(input: 0, range: 0...100, start: 0)
        let levels = try levels(model, [1, 2, 3, 4, 5, 6, 7], disturbances: [stuck])
        #expect(levels == [1, 2, 2, 2, 2, 6, 7])
    }

    @Test("behind a delay, too, it is stuck at once, and commands on their way are lost")
    func stuckBehindDelay() throws {
        let stuck = Disturbance(
            startSeconds: 3, durationSeconds: 2, kind: .actuatorStuck(actuator: 0))
        let model = ActuatorModel(input: 0, range: 0...100, start: 0, delayTicks: 2)
        let levels = try levels(model, [1, 2, 3, 4, 5, 6, 7], disturbances: [stuck])
        #expect(levels == [0, 0, 1, 1, 1, 4, 5])
    }

    @Test("what the level is acts on the plant in the same period")
    func acts() throws {
        let outputs = try Bench.outputs(Bench.scenario(), ticks: 3) { Double($0 * 10) }
        #expect(Bench.isNear(outputs, [0, 10, 20]))
    }
}
