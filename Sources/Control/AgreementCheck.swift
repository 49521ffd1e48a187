import FixedPoint

/// Compares the measurement with that of a second sensor, which no law uses.
///
/// What cannot be compared does not agree: a second sensor that is silent, old or out of its range counts
/// as one that disagrees. While the first one is silent, time stands still: that has a rule of its
/// own. A reading of the second sensor at one of its limits counts as one of the first's.
struct AgreementCheck: BitwiseCopyable, Sendable {
    var limits: AgreementLimits
    private var ticks: UInt32 = 0
    private(set) var isDisagreeing = false
    private(set) var isAboveLimit = false
    private(set) var isBelowLimit = false

    init(_ limits: AgreementLimits) {
        self.limits = limits
    }

    mutating func update(_ input: GuardInput, now: UInt64, other: Reading?) {
        let value = plausible(other, now: now)
        if let value {
            isAboveLimit = value >= limits.limitHigh
            isBelowLimit = value <= limits.limitLow
        }
        guard let measurement = input.measurement else { return }
        let agrees =
            value.map { measurement.distance(to: $0) <= limits.disagreement.bits.magnitude }
            ?? false
        ticks = agrees ? 0 : ticks.saturatingSum(input.elapsedTicks)
        isDisagreeing = ticks >= limits.ticks
    }

    private func plausible(_ reading: Reading?, now: UInt64) -> Q16_16? {
        guard let reading else { return nil }
        let time = reading.timeNanoseconds
        let distance = now >= time ? now &- time : time &- now
        guard distance <= limits.maxAgeNanoseconds, limits.range.contains(reading.value) else {
            return nil
        }
        return reading.value
    }
}
