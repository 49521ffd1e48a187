import Control
import Devices
import FixedPoint
import Simulation

/// The actuator of a loop, whatever is behind it: the drivers' ports as one type for the tick.
enum ActuatorPort: ~Copyable, Actuator {
    case simulated(SimulatedActuator)
    case tclab(DeviceActuator)

    mutating func drive(_ output: Q16_16) throws(ActuatorFault) {
        switch consume self {
        case .simulated(var actuator):
            do throws(ActuatorFault) {
                try actuator.drive(output)
                self = .simulated(actuator)
            } catch {
                self = .simulated(actuator)
                throw error
            }
        case .tclab(var actuator):
            do throws(ActuatorFault) {
                try actuator.drive(output)
                self = .tclab(actuator)
            } catch {
                self = .tclab(actuator)
                throw error
            }
        }
    }
}
