public import FixedPoint

/// When a reading that does not move is that of a stuck sensor.
@frozen
public struct StuckLimits: BitwiseCopyable, Equatable, Sendable {
    /// What a sensor that works moves by; above its noise and its steps. Above 0.
    public var resolution: Q16_16
    /// A setpoint so far from the measurement is a loop away from rest. Above 0.
    public var deviation: Q16_16
    /// A command that has moved so far, as a fraction of its range, must move the measurement. Above
    /// 0.
    public var commandChange: Q3_28
    /// How long there may be a reason to move without a movement, at least 1.
    public var ticks: UInt32

    public init(
        resolution: Q16_16, deviation: Q16_16, commandChange: Q3_28, ticks: UInt32
    ) {
        self.resolution = resolution
        self.deviation = deviation
        self.commandChange = commandChange
        self.ticks = ticks
    }
}
