import FixedPoint
import Simulation

/// A plant so fast that its output after a period is the input of that period.
enum Bench {
    /// What is left of a period's start after 20 time constants, for inputs up to 100.
    static let residue = 1e-6

    static func scenario(
        sensors: [SensorModel] = [SensorModel(output: 0)],
        actuator: ActuatorModel = ActuatorModel(input: 0, range: 0...100, start: 0),
        disturbances: [Disturbance] = [], seed: UInt64 = 1
    ) -> Scenario {
        Scenario(
            plant: "fopdt", parameters: ["gain": 1, "time_s": 0.05, "dead_time_s": 0],
            periodSeconds: 1, seed: seed, sensors: sensors, actuators: [actuator],
            disturbances: disturbances)
    }

    /// The output after each of so many periods, and the commands given before them.
    static func outputs(
        _ scenario: Scenario, ticks: Int, command: (Int) -> Double = { _ in 0 }
    ) throws -> [Double] {
        let plant = try SimulatedPlant(scenario)
        return (0..<ticks).map { tick in
            plant.drive(actuator: 0, value(command(tick)))
            plant.advance()
            return plant.truth(ofSensor: 0)
        }
    }

    static func value(_ number: Double) -> Q16_16 {
        Q16_16(bits: Int32((number * 65_536).rounded()))
    }

    static func number(_ value: Q16_16) -> Double { Double(value.bits) / 65_536 }

    static func isNear(_ left: [Double], _ right: [Double], within: Double = residue) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= within }
    }
}
