public import FixedPoint

/// What a plant must do, or must not do, at a command.
@frozen
public struct ResponseLimits: BitwiseCopyable, Equatable, Sendable {
    /// The command from which on, or up to which, as a fraction of its range.
    public var command: Q3_28
    /// How far the measurement moves, in the sensor's unit. Above 0.
    public var change: Q16_16
    /// Within which time, at least 1.
    public var ticks: UInt32
    /// More command lowers the measurement: the process gain is negative.
    public var isReversed: Bool

    public init(command: Q3_28, change: Q16_16, ticks: UInt32, isReversed: Bool) {
        self.command = command
        self.change = change
        self.ticks = ticks
        self.isReversed = isReversed
    }

    /// The measurement, so that more command makes it more.
    func level(_ measurement: Q16_16) -> Int64 {
        isReversed ? -Int64(measurement.bits) : Int64(measurement.bits)
    }
}
