import Control

/// Counts of its own, from which the invariants follow.
struct SupervisorShadow: Hashable {
    var faultTicks: UInt32 = 0
    var lateTicks: UInt32 = 0
    var implausibleTicks: UInt32 = 0
    var goodTicks: UInt32 = 0
    /// Ticks that have begun since the last good measurement, from the first suspect reading on.
    var suspectTicks: UInt32 = 0
    /// A sensor or actuator was lost, and the operator has not said that all is well.
    var mustRecover = false
    /// There was a tick in which no interlock was lost.
    var hasReadInterlocks = false

    mutating func count(_ input: SupervisorInput) {
        faultTicks = input.hasActuatorFault ? faultTicks + 1 : 0
        lateTicks = input.isOverrun ? lateTicks + 1 : 0
        implausibleTicks = input.isLawPlausible ? 0 : implausibleTicks + 1
        if !input.findings.isInterlockLost { hasReadInterlocks = true }
        let isGood =
            input.isKnown && input.ageTicks == 0 && !input.hasActuatorFault && !input.hasFinding
        goodTicks = isGood ? goodTicks + 1 : 0
        let isSuspect = input.isSuspectHigh || input.isSuspectLow
        suspectTicks = isSuspect || suspectTicks > 0 ? suspectTicks + 1 : 0
        if input.isKnown && input.ageTicks == 0 { suspectTicks = 0 }
    }
}

extension SupervisorInput {
    /// A guard found something that is no limit.
    var hasFinding: Bool {
        refusesInterlock || findings.isUncommanded || findings.isUnresponsive
            || findings.isSensorStuck || findings.isDisagreeing || findings.isOuterSafe
            || findings.isOuterAwaited
    }

    var refusesInterlock: Bool { findings.isInterlockOpen || findings.isInterlockLost }
}
