package import FixedPoint

/// A fault that is put on for practice, between the device and the loop.
package struct Drill: BitwiseCopyable, Equatable, Sendable {
    package enum Kind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
        /// No reading.
        case sensorMissing
        /// The same value for ever, with the time of the latest reading.
        case sensorStuck
        /// Every reading moved by `offset`.
        case sensorOffset
        /// The actuator reports that no command is acknowledged; it is driven all the same.
        case actuatorFailing
    }

    package let kind: Kind
    /// In the sensor's unit.
    package let offset: Q16_16

    package init(_ kind: Kind, offset: Q16_16 = Q16_16(bits: 0)) {
        self.kind = kind
        self.offset = offset
    }

    package var isOfActuator: Bool { kind == .actuatorFailing }

    /// As requests and the status name it.
    package var name: String { Self.name(of: kind) }

    package static func name(of kind: Kind) -> String {
        switch kind {
        case .sensorMissing: "sensor-missing"
        case .sensorStuck: "sensor-stuck"
        case .sensorOffset: "sensor-offset"
        case .actuatorFailing: "actuator-failing"
        }
    }
}
