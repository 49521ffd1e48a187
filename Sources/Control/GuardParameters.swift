/// The rules that look at measurement, command and further inputs together; each is off unless given.
@frozen
public struct GuardParameters: BitwiseCopyable, Equatable, Sendable {
    public var stuck: StuckLimits?
    /// Commanded, but not responding.
    public var unresponsive: ResponseLimits?
    /// Moving, though not commanded.
    public var uncommanded: ResponseLimits?
    public var agreement: AgreementLimits?
    /// Bit n: interlock n latches.
    public var latchingInterlocks: UInt8 = 0
    /// Ticks for which the loop goes on while the one outside has lost its measurement; `nil` without
    /// such a loop.
    public var outerLostTicks: UInt32?

    public init() {}
}
