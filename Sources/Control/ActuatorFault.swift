/// Why a command may not have reached the plant. Raw values are stable: records carry them.
public enum ActuatorFault: UInt8, Error, BitwiseCopyable, Sendable {
    /// The device is gone: disconnected, closed or refused.
    case disconnected = 1
    /// No acknowledgement within the actuator's maximum age.
    case unacknowledged = 2
    /// The device reports another level than the one it was sent.
    case readBackMismatch = 3
    /// The I/O side drove the safe level because the loop was silent for too long.
    case expired = 4
}
