/// Which unit a quantity must have, given the units that the sensor and the actuator chose.
package enum UnitRelation: Equatable, Sendable {
    /// The sensor's unit.
    case sensor
    /// The unit of one of the sensors: the value then holds for every sensor with that unit.
    case anySensor
    /// The sensor's unit in a second.
    case sensorPerSecond
    /// The actuator's unit.
    case actuator
    /// The actuator's unit in a second.
    case actuatorPerSecond
    /// The actuator's unit for each unit of the sensor: a proportional gain.
    case actuatorPerSensor
    /// The sensor's unit for each unit of the actuator: the gain of a process.
    case sensorPerActuator

    /// The reference page's words.
    var meaning: String {
        switch self {
        case .sensor: "the sensor's unit"
        case .anySensor: "the unit of a sensor"
        case .sensorPerSecond: "the sensor's unit/s"
        case .actuator: "the actuator's unit"
        case .actuatorPerSecond: "the actuator's unit/s"
        case .actuatorPerSensor: "the actuator's unit/the sensor's unit"
        case .sensorPerActuator: "the sensor's unit/the actuator's unit"
        }
    }
}
