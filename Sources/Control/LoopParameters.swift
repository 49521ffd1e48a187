public import FixedPoint

/// What a loop is told once, at set-up. All times are in ticks, all values in fixed point.
@frozen
public struct LoopParameters: BitwiseCopyable, Sendable {
    /// Index of the loop in the configuration.
    public var index: UInt8
    /// Plausible readings; the span to which the laws are normalised.
    public var measurementRange: EngineeringRange
    /// Protective limits: a reading at one drives the safe state, and latches it when it is
    /// plausible or repeated.
    public var limitLow: Q16_16
    public var limitHigh: Q16_16
    public var maxRatePerSecond: Q16_16
    public var maxAgeNanoseconds: UInt64
    /// What the actuator takes from 0 to 1 of the command.
    public var outputRange: EngineeringRange
    /// The level that does no harm, in the actuator's unit.
    public var safeLevel: Q16_16
    /// Largest change of the command in a tick, as bits of a fraction of the range.
    public var slewPerTick: Int32
    /// Largest change of the setpoint in a tick; 0 lets it jump.
    public var rampPerTick: Int32
    public var pid: PIDParameters
    public var supervisor: SupervisorLimits
    /// After an overrun the command is held for one tick instead of computed; a loop that overruns
    /// in every tick computes in every other.
    public var holdsOnOverrun: Bool
    public var guards = GuardParameters()
    /// The output is the setpoint of another loop, not an actuator's.
    public var isOuter = false
    /// What a measured disturbance adds to the command; `nil` when nothing does.
    public var feedForward: FeedForwardParameters?

    public init(
        index: UInt8, measurementRange: EngineeringRange, limitLow: Q16_16, limitHigh: Q16_16,
        maxRatePerSecond: Q16_16, maxAgeNanoseconds: UInt64, outputRange: EngineeringRange,
        safeLevel: Q16_16, slewPerTick: Int32, rampPerTick: Int32, pid: PIDParameters,
        supervisor: SupervisorLimits, holdsOnOverrun: Bool
    ) {
        self.index = index
        self.measurementRange = measurementRange
        self.limitLow = limitLow
        self.limitHigh = limitHigh
        self.maxRatePerSecond = maxRatePerSecond
        self.maxAgeNanoseconds = maxAgeNanoseconds
        self.outputRange = outputRange
        self.safeLevel = safeLevel
        self.slewPerTick = slewPerTick
        self.rampPerTick = rampPerTick
        self.pid = pid
        self.supervisor = supervisor
        self.holdsOnOverrun = holdsOnOverrun
    }
}
