public import Control
public import FixedPoint

/// An actuator behind which a drill can put a fault: every command is still driven.
///
/// Public, as the plants are, so that it is specialised where it is used: a type left generic would
/// be made in the first tick, under a lock.
public struct DrilledActuator<Port: Actuator & ~Copyable>: ~Copyable, Actuator {
    @usableFromInline var port: Port
    /// What is put on now; one of the sensor's does nothing here.
    public var drill: Drill?

    @inlinable
    public init(_ port: consuming Port) {
        self.port = port
    }

    @inlinable
    public mutating func drive(_ output: Q16_16) throws(ActuatorFault) {
        try port.drive(output)
        if drill?.kind == .actuatorFailing { throw .unacknowledged }
    }
}
