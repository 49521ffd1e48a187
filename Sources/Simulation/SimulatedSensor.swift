package import Control

/// A sensor of the simulated plant behind the port that real ones use.
package struct SimulatedSensor: Sensor {
    private let plant: SimulatedPlant
    private let index: Int

    package init(_ plant: SimulatedPlant, index: Int) {
        self.plant = plant
        self.index = index
    }

    package mutating func read() throws(SensorFault) -> Reading {
        try plant.reading(ofSensor: index)
    }
}
