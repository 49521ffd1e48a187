import Assembly
import Control
import Devices
import FixedPoint
import Simulation

/// The actuator of a loop, whatever is behind it: the drivers' ports as one type for the tick.
enum ActuatorPort: ~Copyable, Actuator {
    case simulated(SimulatedActuator)
    case device(DeviceActuator)
    case setpoint(SetpointPort)

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
        case .device(var actuator):
            do throws(ActuatorFault) {
                try actuator.drive(output)
                self = .device(actuator)
            } catch {
                self = .device(actuator)
                throw error
            }
        case .setpoint(let port): self = .setpoint(port)
        }
    }
}
