import Control
import Devices
import Simulation

/// The sensor of a loop, whatever is behind it: the drivers' ports as one type for the tick.
enum SensorPort: ~Copyable, Sensor {
    case simulated(SimulatedSensor)
    case device(DeviceSensor)

    mutating func read() throws(SensorFault) -> Reading {
        switch consume self {
        case .simulated(var sensor):
            do throws(SensorFault) {
                let reading = try sensor.read()
                self = .simulated(sensor)
                return reading
            } catch {
                self = .simulated(sensor)
                throw error
            }
        case .device(var sensor):
            do throws(SensorFault) {
                let reading = try sensor.read()
                self = .device(sensor)
                return reading
            } catch {
                self = .device(sensor)
                throw error
            }
        }
    }
}
