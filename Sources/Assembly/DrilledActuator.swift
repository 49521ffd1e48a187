public import Control
public import FixedPoint

/// An actuator behind which a drill can put a fault: every command is still driven, or the safe level.
///
/// Public, as the plants are, so that it is specialised where it is used: a type left generic would
/// be made in the first tick, under a lock.
public struct DrilledActuator<Port: Actuator & ~Copyable>: ~Copyable, Actuator {
    @usableFromInline var port: Port
    @usableFromInline let safeLevel: Q16_16
    /// What is put on now; one of the sensor's does nothing here.
    public var drill: Drill?

    @inlinable
    public init(_ port: consuming Port, safeLevel: Q16_16) {
        self.port = port
        self.safeLevel = safeLevel
    }

    @inlinable
    public mutating func drive(_ output: Q16_16) throws(ActuatorFault) {
        try port.drive(drill?.kind == .actuatorDead ? safeLevel : output)
        if drill?.kind == .actuatorFailing { throw .unacknowledged }
    }
}
