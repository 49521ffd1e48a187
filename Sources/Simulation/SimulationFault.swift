package import Plants

/// Why a scenario cannot run.
package enum SimulationFault: Error, Equatable, Sendable {
    case plant(PlantFault)
    /// A sensor looks at an output that the plant does not have.
    case noOutput(sensor: Int, found: Int, outputs: Int)
    /// An actuator or a load acts on an input that the plant does not have.
    case noInput(found: Int, inputs: Int)
    /// A disturbance hits a sensor or an actuator that there is not.
    case noSensor(found: Int, sensors: Int)
    case noActuator(found: Int, actuators: Int)
    /// Two actuators act on one input.
    case inputTaken(input: Int)
}

extension SimulationFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .plant(let fault): "\(fault)"
        case .noOutput(let sensor, let found, let outputs):
            "sensor \(sensor + 1) reads y\(found + 1); the plant has y1 to y\(outputs)"
        case .noInput(let found, let inputs):
            "something acts on u\(found + 1); the plant has u1 to u\(inputs)"
        case .noSensor(let found, let sensors):
            "something happens to sensor \(found + 1); there are \(sensors)"
        case .noActuator(let found, let actuators):
            "something happens to actuator \(found + 1); there are \(actuators)"
        case .inputTaken(let input): "two actuators act on u\(input + 1)"
        }
    }
}
