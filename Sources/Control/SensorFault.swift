/// Why a sensor gave no usable reading. Raw values are stable: records carry them.
public enum SensorFault: UInt8, Error, BitwiseCopyable, Sendable {
    /// The device has not answered yet, or not within the sensor's maximum age.
    case stale = 1
    /// The device answered with text that is not a number or not of the protocol.
    case malformed = 2
    /// The device is gone: disconnected, closed or refused.
    case disconnected = 3
    /// The value lies outside the sensor's plausible range.
    case outOfRange = 4
    /// The value moved faster than the sensor's plausible rate.
    case tooFast = 5
}
