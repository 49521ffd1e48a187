/// What the guards found in a tick.
@frozen
public struct GuardFindings: BitwiseCopyable, Equatable, Sendable {
    /// An interlock is read, and does not permit.
    public var isInterlockOpen = false
    /// An interlock is not read, or its reading is too old.
    public var isInterlockLost = false
    /// One of these latches.
    public var isInterlockLatching = false
    /// The measurement moves though nobody commands it.
    public var isUncommanded = false
    /// The measurement does not follow the command.
    public var isUnresponsive = false
    public var isSensorStuck = false
    /// The second sensor says something else, or nothing.
    public var isDisagreeing = false
    /// The second sensor is at its upper protective limit.
    public var isAboveLimit = false
    /// The second sensor is at its lower protective limit.
    public var isBelowLimit = false
    /// The loop outside is in its safe state, or lost for too long.
    public var isOuterSafe = false
    /// The loop outside has not acted since the start.
    public var isOuterAwaited = false

    public init() {}

    /// Anything but the limits, which are not good or bad but reached.
    var isAny: Bool {
        isInterlockOpen || isInterlockLost || isUncommanded || isUnresponsive || isSensorStuck
            || isDisagreeing || isOuterSafe || isOuterAwaited
    }
}
