/// Decides which law acts: `learned -> fallback -> safe`, and back only by stated rules.
///
/// It has no learned part and looks at no command. Rules, the first that applies wins:
///
/// 1. An interlock is open, or lost: safe, latched if it is one that latches. One that has not been
///    read since the start is only waited for.
/// 2. The measurement moves uncommanded: safe, latched.
/// 3. The operator asks for the safe state. This also clears a latch, when none of the above holds
///    and the limit is left: when the last good measurement is inside, and no implausible reading
///    beyond has come since.
/// 4. A good measurement is at a protective limit; or an implausible reading is, the first such one
///    came longer ago than the bridge time, and no good one has come since; or the measurement did
///    not respond; or the tick overran too often: safe, latched.
/// 5. An implausible reading is at a protective limit, the actuator reports faults for too long, the
///    loop outside is safe, the estimate is too old, the sensor is stuck, or the second sensor
///    disagrees: safe. A loop outside that has not acted since the start is only waited for.
/// 6. From a safe state that is not latched: after `recoverTicks` good ticks, the fallback. At the
///    start and at the operator's word nothing was wrong: the law asked for, with the first good
///    tick.
/// 7. The learned law is implausible for too long: the fallback.
/// 8. From the fallback: the learned law after `recoverTicks` (sensor or actuator came back) or
///    `retryTicks` (the law itself was the cause) good and plausible ticks in a row.
///
/// A law that was found implausible stays so through dropouts and safe states, until its retry or
/// until the operator asks for something else. A tick after missed periods counts as one good tick,
/// but as many bad ones as were missed.
public struct Supervisor: BitwiseCopyable, Equatable, Sendable {
    public internal(set) var limits: SupervisorLimits
    public private(set) var state = SupervisorState.safe
    public private(set) var cause = SupervisorCause.starting
    /// The safe state stays until the operator asks for it and then for a law.
    public private(set) var isLatched = false

    private var goodTicks: UInt32 = 0
    private var actuatorFaultTicks: UInt32 = 0
    private var implausibleTicks: UInt32 = 0
    /// Bit n: the tick n ticks ago was an overrun.
    private var overruns: UInt64 = 0
    /// Ticks since the first implausible reading at a limit, that one included; 0 once a good
    /// measurement has come.
    private var suspectTicks: UInt32 = 0
    /// The learned law was implausible, and nothing has cleared it since.
    private var isLawDistrusted = false
    /// No interlock was lost in some tick since the start.
    private var hasReadInterlocks = false

    public init(limits: SupervisorLimits) {
        self.limits = limits
    }

    /// One tick of the rules.
    public mutating func update(_ input: SupervisorInput) {
        count(input)
        if input.requested != .learned { isLawDistrusted = false }
        let trip = latchingTrip(input)
        if trip != nil && input.requested != .safe { isLatched = true }
        if overrides(input) { return }
        if input.requested == .safe {
            let isAtLimit = input.isAboveLimit || input.isBelowLimit
            if !isAtLimit && suspectTicks == 0 { isLatched = false }
            if !isLatched { enter(.safe, .requested) }
            return
        }
        if let trip { enter(.safe, trip) }
        if isLatched { return }
        if let trip = passingTrip(input) {
            enter(.safe, trip)
            return
        }
        switch state {
        case .safe: recover(input)
        case .fallback: considerLearned(input)
        case .learned: checkLearned(input)
        }
    }

    /// What wins over the operator too; true when it has decided.
    private mutating func overrides(_ input: SupervisorInput) -> Bool {
        let findings = input.findings
        if findings.isInterlockOpen || findings.isInterlockLost {
            let isAwaited = !findings.isInterlockOpen && !hasReadInterlocks
            if findings.isInterlockLatching && !isAwaited { isLatched = true }
            if isAwaited {
                enter(.safe, .starting)
            } else {
                enter(.safe, findings.isInterlockOpen ? .interlockOpen : .interlockLost)
            }
            return true
        }
        guard findings.isUncommanded else { return false }
        isLatched = true
        enter(.safe, .uncommanded)
        return true
    }

    private mutating func count(_ input: SupervisorInput) {
        let elapsed = input.elapsedTicks
        actuatorFaultTicks = input.hasActuatorFault ? actuatorFaultTicks.saturatingSum(elapsed) : 0
        implausibleTicks = input.isLawPlausible ? 0 : implausibleTicks.saturatingSum(elapsed)
        overruns = overruns << 1 | (input.isOverrun ? 1 : 0)
        if suspectTicks > 0 {
            suspectTicks = suspectTicks.saturatingSum(elapsed)
        } else if input.isSuspectHigh || input.isSuspectLow {
            suspectTicks = 1
        }
        if input.isKnown && input.ageTicks == 0 { suspectTicks = 0 }
        if !input.findings.isInterlockLost { hasReadInterlocks = true }
        let isGood =
            input.isKnown && input.ageTicks == 0 && !input.hasActuatorFault && !input.findings.isAny
        let counts = isGood && (state != .fallback || input.isLawPlausible)
        goodTicks = counts ? goodTicks.saturatingSum(1) : 0
    }

    private func latchingTrip(_ input: SupervisorInput) -> SupervisorCause? {
        if input.isAboveLimit { return .limitHigh }
        if input.isBelowLimit { return .limitLow }
        // One reading alone never latches, however short the bridge.
        if suspectTicks > max(1, limits.bridgeTicks) {
            if input.isSuspectHigh { return .limitHigh }
            if input.isSuspectLow { return .limitLow }
        }
        if input.findings.isUnresponsive { return .unresponsive }
        return hasOverrunTooOften ? .overrun : nil
    }

    private var hasOverrunTooOften: Bool {
        guard limits.overrunTicks > 0 else { return false }
        // A shift by 64 or more gives 0, so that no window is an empty one.
        let window = ~(UInt64.max << UInt64(limits.overrunWindowTicks))
        return (overruns & window).nonzeroBitCount >= Int(limits.overrunTicks)
    }

    private func passingTrip(_ input: SupervisorInput) -> SupervisorCause? {
        if input.isSuspectHigh || input.isSuspectLow { return .limitSuspected }
        if actuatorFaultTicks > limits.actuatorFaultTicks { return .actuatorFailed }
        let isStarting = cause == .starting || cause == .requested
        if input.findings.isOuterSafe { return .outerSafe }
        if input.findings.isOuterAwaited { return isStarting ? .starting : .outerSafe }
        if !input.isKnown { return isStarting ? .starting : .sensorLost }
        if input.ageTicks > limits.bridgeTicks { return .sensorLost }
        if input.findings.isSensorStuck { return .sensorStuck }
        return input.findings.isDisagreeing ? .sensorDisagreement : nil
    }

    private mutating func recover(_ input: SupervisorInput) {
        if cause == .starting || cause == .requested {
            guard input.ageTicks == 0 else { return }
            let isPlausible = input.requested == .fallback || input.isLawPlausible
            enter(isPlausible ? input.requested : .fallback, isPlausible ? .nominal : .recovering)
        } else if goodTicks >= max(1, limits.recoverTicks) {
            let isLearned = input.requested == .learned
            let why = isLawDistrusted ? SupervisorCause.lawImplausible : .recovering
            enter(.fallback, isLearned ? why : .nominal)
        }
    }

    private mutating func considerLearned(_ input: SupervisorInput) {
        guard input.requested == .learned else {
            cause = .nominal
            return
        }
        let wait: UInt32
        switch cause {
        case .lawImplausible: wait = limits.retryTicks
        case .recovering: wait = max(1, limits.recoverTicks)
        default: wait = 1
        }
        guard wait > 0 && goodTicks >= wait else { return }
        isLawDistrusted = false
        enter(.learned, .nominal)
    }

    private mutating func checkLearned(_ input: SupervisorInput) {
        if input.requested == .fallback {
            enter(.fallback, .nominal)
        } else if implausibleTicks >= max(1, limits.implausibleTicks) {
            isLawDistrusted = true
            enter(.fallback, .lawImplausible)
        }
    }

    private mutating func enter(_ next: SupervisorState, _ why: SupervisorCause) {
        if next != state { goodTicks = 0 }
        state = next
        cause = why
    }
}
