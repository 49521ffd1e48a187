/// The thresholds of the supervisor, in ticks.
@frozen
public struct SupervisorLimits: BitwiseCopyable, Equatable, Sendable {
    /// How old the estimate may grow before the safe state.
    public var bridgeTicks: UInt32
    /// How long everything must be good before the way back begins, at least 1.
    public var recoverTicks: UInt32
    /// How long after a fallback the learned law is tried again; 0 is never.
    public var retryTicks: UInt32
    /// How long the actuator may report a fault before the safe state: its maximum age, after which
    /// a command that was not renewed has given way to the safe level.
    public var actuatorFaultTicks: UInt32
    /// Consecutive implausible ticks of the learned law before the fallback, at least 1.
    public var implausibleTicks: UInt32
    /// Overruns among the last `overrunWindowTicks` ticks before the safe state; 0 is never.
    public var overrunTicks: UInt32
    /// 1 to 64; the same as `overrunTicks` means overruns in a row.
    public var overrunWindowTicks: UInt32

    public init(
        bridgeTicks: UInt32, recoverTicks: UInt32, retryTicks: UInt32,
        actuatorFaultTicks: UInt32, implausibleTicks: UInt32, overrunTicks: UInt32,
        overrunWindowTicks: UInt32
    ) {
        self.bridgeTicks = bridgeTicks
        self.recoverTicks = recoverTicks
        self.retryTicks = retryTicks
        self.actuatorFaultTicks = actuatorFaultTicks
        self.implausibleTicks = implausibleTicks
        self.overrunTicks = overrunTicks
        self.overrunWindowTicks = overrunWindowTicks
    }
}
