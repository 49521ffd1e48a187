public import Control
public import FixedPoint

/// A sensor behind which a drill can put a fault.
///
/// Called on the tick, as the sensor itself; without a drill it is the sensor to the last bit. So it
/// is at a protective limit: no drill hides that from the supervisor.
///
/// Public, as the plants are, so that it is specialised where it is used: a type left generic would
/// be made in the first tick, under a lock.
public struct DrilledSensor<Port: Sensor & ~Copyable>: ~Copyable, Sensor {
    @usableFromInline var port: Port
    @usableFromInline let limits: ClosedRange<Q16_16>
    /// What is put on now; one of the actuator's does nothing here.
    public var drill: Drill?
    /// What a stuck sensor keeps saying.
    @usableFromInline var stuck: Q16_16?

    /// - Parameter limits: the protective ones.
    @inlinable
    public init(_ port: consuming Port, limits: ClosedRange<Q16_16>) {
        self.port = port
        self.limits = limits
    }

    @inlinable
    public mutating func read() throws(SensorFault) -> Reading {
        if drill?.kind != .sensorStuck { stuck = nil }
        let reading = try port.read()
        guard let drill, reading.value > limits.lowerBound, reading.value < limits.upperBound
        else { return reading }
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
        case .actuatorFailing, .actuatorDead, .interlockOpen: return reading
        }
    }
}
