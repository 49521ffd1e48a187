/// What the supervisor looks at in one tick.
@frozen
public struct SupervisorInput: BitwiseCopyable, Equatable, Sendable {
    /// False until the first good measurement.
    public var isKnown: Bool
    /// Ticks since the last good measurement.
    public var ageTicks: UInt32
    /// The last good measurement is at or above the upper protective limit.
    public var isAboveLimit: Bool
    /// The last good measurement is at or below the lower protective limit.
    public var isBelowLimit: Bool
    /// A reading not seen before is young enough and at or above the upper protective limit, but
    /// implausible otherwise.
    public var isSuspectHigh: Bool
    /// The same at or below the lower protective limit.
    public var isSuspectLow: Bool
    /// The actuator reports a fault.
    public var hasActuatorFault: Bool
    /// The learned law is inside its envelope and its arithmetic did not clip.
    public var isLawPlausible: Bool
    /// Whole periods were missed before this tick.
    public var isOverrun: Bool
    /// The law asked for, or `.safe`.
    public var requested: SupervisorState
    /// 1, plus the periods missed.
    public var elapsedTicks: UInt32
    /// What the guards found.
    public var findings: GuardFindings

    public init(
        isKnown: Bool, ageTicks: UInt32, isAboveLimit: Bool, isBelowLimit: Bool,
        isSuspectHigh: Bool, isSuspectLow: Bool, hasActuatorFault: Bool, isLawPlausible: Bool,
        isOverrun: Bool, requested: SupervisorState, elapsedTicks: UInt32,
        findings: GuardFindings = GuardFindings()
    ) {
        self.isKnown = isKnown
        self.ageTicks = ageTicks
        self.isAboveLimit = isAboveLimit
        self.isBelowLimit = isBelowLimit
        self.isSuspectHigh = isSuspectHigh
        self.isSuspectLow = isSuspectLow
        self.hasActuatorFault = hasActuatorFault
        self.isLawPlausible = isLawPlausible
        self.isOverrun = isOverrun
        self.requested = requested
        self.elapsedTicks = elapsedTicks
        self.findings = findings
    }
}
