public import FixedPoint

/// What a sensor says, and when it said it.
@frozen
public struct Reading: BitwiseCopyable, Equatable, Sendable {
    /// In the sensor's unit.
    public let value: Q16_16
    /// On the loop's clock: CLOCK_MONOTONIC, or simulated time.
    public let timeNanoseconds: UInt64

    @inlinable
    public init(value: Q16_16, timeNanoseconds: UInt64) {
        self.value = value
        self.timeNanoseconds = timeNanoseconds
    }
}
