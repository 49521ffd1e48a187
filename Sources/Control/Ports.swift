public import FixedPoint

/// Where a loop gets its measurement from.
///
/// Called on the tick: must return at once and must not allocate. A slow device leaves its readings
/// in a mailbox from a thread of its own. It promises nothing about age or plausibility: the loop
/// checks both.
public protocol Sensor: ~Copyable {
    /// The newest reading, however old.
    mutating func read() throws(SensorFault) -> Reading
}

/// Where a loop's command goes.
///
/// Called on the tick: must return at once and must not allocate. It does not promise that the
/// command has reached the plant when it returns: a fault may be of an earlier command.
public protocol Actuator: ~Copyable {
    /// Takes the command, in the actuator's unit; throws what is known to be wrong with the output.
    ///
    /// The command is taken even when a fault is thrown.
    mutating func drive(_ output: Q16_16) throws(ActuatorFault)
}
