package import Control
package import FixedPoint

/// An actuator behind which a drill can put a fault: every command is still driven.
package struct DrilledActuator<Port: Actuator & ~Copyable>: ~Copyable, Actuator {
    private var port: Port
    /// What is put on now; one of the sensor's does nothing here.
    package var drill: Drill?

    package init(_ port: consuming Port) {
        self.port = port
    }

    package mutating func drive(_ output: Q16_16) throws(ActuatorFault) {
        try port.drive(output)
        if drill?.kind == .actuatorFailing { throw .unacknowledged }
    }
}
