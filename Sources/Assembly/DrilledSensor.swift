package import Control
import FixedPoint

/// A sensor behind which a drill can put a fault.
///
/// Called on the tick, as the sensor itself; without a drill it is the sensor to the last bit.
package struct DrilledSensor<Port: Sensor & ~Copyable>: ~Copyable, Sensor {
    private var port: Port
    /// What is put on now; one of the actuator's does nothing here.
    package var drill: Drill?
    /// What a stuck sensor keeps saying.
    private var stuck: Q16_16?

    package init(_ port: consuming Port) {
        self.port = port
    }

    package mutating func read() throws(SensorFault) -> Reading {
        if drill?.kind != .sensorStuck { stuck = nil }
        let reading = try port.read()
        guard let drill else { return reading }
        switch drill.kind {
        case .sensorMissing: throw .stale
        case .sensorStuck:
            let value = stuck ?? reading.value
            stuck = value
            return Reading(value: value, timeNanoseconds: reading.timeNanoseconds)
        case .sensorOffset:
            let sum = Int64(reading.value.bits) &+ Int64(drill.offset.bits)
            return Reading(
                value: Q16_16(bits: Rounding.saturated32(sum)),
                timeNanoseconds: reading.timeNanoseconds)
        case .actuatorFailing: return reading
        }
    }
}
