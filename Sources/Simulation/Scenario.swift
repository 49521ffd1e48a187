/// Everything that a simulated run depends on: the same scenario gives the same run, bit for bit.
package struct Scenario: Equatable, Sendable {
    /// Name in the catalog of plants.
    package var plant: String
    /// Parameters of the plant by name; the others keep their defaults.
    package var parameters: [String: Double]
    package var periodSeconds: Double
    package var seed: UInt64
    package var sensors: [SensorModel]
    package var actuators: [ActuatorModel]
    package var disturbances: [Disturbance]

    package init(
        plant: String, parameters: [String: Double] = [:], periodSeconds: Double, seed: UInt64,
        sensors: [SensorModel], actuators: [ActuatorModel], disturbances: [Disturbance] = []
    ) {
        self.plant = plant
        self.parameters = parameters
        self.periodSeconds = periodSeconds
        self.seed = seed
        self.sensors = sensors
        self.actuators = actuators
        self.disturbances = disturbances
    }
}
