package import Control
package import FixedPoint

/// An actuator of the simulated plant behind the port that real ones use.
package struct SimulatedActuator: Actuator {
    private let plant: SimulatedPlant
    private let index: Int

    package init(_ plant: SimulatedPlant, index: Int) {
        self.plant = plant
        self.index = index
    }

    package mutating func drive(_ output: Q16_16) throws(ActuatorFault) {
        plant.drive(actuator: index, output)
    }
}
