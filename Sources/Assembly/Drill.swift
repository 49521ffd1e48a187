import Control
public import FixedPoint

/// A fault that is put on for practice, between the device and the loop.
public struct Drill: BitwiseCopyable, Equatable, Sendable {
    /// Raw values are the words of requests and of the status.
    public enum Kind: String, BitwiseCopyable, Sendable, CaseIterable {
        /// No reading.
        case sensorMissing = "sensor-missing"
        /// The same value for ever, with the time of the latest reading.
        case sensorStuck = "sensor-stuck"
        /// Every reading moved by `offset`.
        case sensorOffset = "sensor-offset"
        /// The actuator reports that no command is acknowledged; it is driven all the same.
        case actuatorFailing = "actuator-failing"
        /// The safe level is driven in place of the command, and nobody says so.
        case actuatorDead = "actuator-dead"
        /// The loop's interlocks are open.
        case interlockOpen = "interlock-open"
    }

    public let kind: Kind
    /// In the sensor's unit.
    public let offset: Q16_16

    public init(_ kind: Kind, offset: Q16_16 = Q16_16(bits: 0)) {
        self.kind = kind
        self.offset = offset
    }

    /// What it alters, as the record says it.
    public var mark: UInt8 {
        switch kind {
        case .sensorMissing, .sensorStuck, .sensorOffset: DrillMark.sensor
        case .actuatorFailing: DrillMark.actuator
        case .actuatorDead: DrillMark.output
        case .interlockOpen: DrillMark.interlock
        }
    }
}
