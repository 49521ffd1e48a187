import Control
public import FixedPoint

/// A fault that is put on for practice, between the device and the loop.
public struct Drill: BitwiseCopyable, Equatable, Sendable {
    public enum Kind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
        /// No reading.
        case sensorMissing
        /// The same value for ever, with the time of the latest reading.
        case sensorStuck
        /// Every reading moved by `offset`.
        case sensorOffset
        /// The actuator reports that no command is acknowledged; it is driven all the same.
        case actuatorFailing
        /// The safe level is driven in place of the command, and nobody says so.
        case actuatorDead
        /// The loop's interlocks are open.
        case interlockOpen
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

    /// As requests and the status name it.
    public var name: String { Self.name(of: kind) }

    public static func name(of kind: Kind) -> String {
        switch kind {
        case .sensorMissing: "sensor-missing"
        case .sensorStuck: "sensor-stuck"
        case .sensorOffset: "sensor-offset"
        case .actuatorFailing: "actuator-failing"
        case .actuatorDead: "actuator-dead"
        case .interlockOpen: "interlock-open"
        }
    }
}
