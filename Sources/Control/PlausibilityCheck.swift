public import FixedPoint

/// Decides whether a reading can be what the plant does: young enough, in range, not too fast.
public struct PlausibilityCheck: BitwiseCopyable, Sendable {
    /// Readings outside are not of this plant.
    public let range: EngineeringRange
    /// The fastest believable change, in units per second.
    public internal(set) var maxRatePerSecond: Q16_16
    /// Older readings say nothing about now.
    public internal(set) var maxAgeNanoseconds: UInt64

    private var accepted: Reading?

    public init(range: EngineeringRange, maxRatePerSecond: Q16_16, maxAgeNanoseconds: UInt64) {
        self.range = range
        self.maxRatePerSecond = maxRatePerSecond
        self.maxAgeNanoseconds = maxAgeNanoseconds
    }

    /// Returns the measurement, or throws why the reading is none.
    ///
    /// A jump is rejected, but the time since the last good reading counts: a lasting change is
    /// believed as soon as it could have happened. A reading may be younger than the tick, which
    /// began at its deadline, but not by more than it may be older: one from the far future would
    /// never age.
    public mutating func accept(
        _ reading: Reading, now: UInt64
    ) throws(SensorFault) -> Q16_16 {
        let time = reading.timeNanoseconds
        let distance = now >= time ? now &- time : time &- now
        guard distance <= maxAgeNanoseconds else { throw .stale }
        guard range.contains(reading.value) else { throw .outOfRange }
        if let last = accepted {
            let change = Int64(reading.value.bits) &- Int64(last.value.bits)
            guard change.magnitude <= allowedChange(since: last, until: reading) else {
                throw .tooFast
            }
        }
        accepted = reading
        return reading.value
    }

    /// Largest believable change between two readings, in bits of Q16.16.
    private func allowedChange(since last: Reading, until reading: Reading) -> UInt64 {
        guard reading.timeNanoseconds >= last.timeNanoseconds else { return 0 }
        let microseconds = (reading.timeNanoseconds &- last.timeNanoseconds) / 1_000
        // After a minute any value in range is believed; also bounds the product below 2^57.
        guard microseconds < 60_000_000 else { return .max }
        return maxRatePerSecond.bits.magnitude64 &* microseconds / 1_000_000
    }
}

extension Int32 {
    fileprivate var magnitude64: UInt64 { UInt64(magnitude) }
}
