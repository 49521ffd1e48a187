/// The guards of one loop: everything beside the plausibility of single readings that the
/// supervisor hears of.
struct LoopGuards: BitwiseCopyable, Sendable {
    private var latchingInterlocks: UInt8
    private var stuck: StuckCheck?
    private var response: ResponseCheck?
    private var uncommanded: UncommandedCheck?
    private var agreement: AgreementCheck?
    private var outer: OuterCheck?

    init(_ parameters: GuardParameters) {
        latchingInterlocks = parameters.latchingInterlocks
        stuck = parameters.stuck.map { StuckCheck($0) }
        response = parameters.unresponsive.map { ResponseCheck($0) }
        uncommanded = parameters.uncommanded.map { UncommandedCheck($0) }
        agreement = parameters.agreement.map { AgreementCheck($0) }
        outer = parameters.outerLostTicks.map { OuterCheck(lostTicks: $0) }
    }

    /// Takes over other rules. One that is the same goes on with what it has found; one that is another
    /// begins anew, but for the second sensor, whose limits may move while it disagrees.
    mutating func revise(_ new: GuardParameters, from old: GuardParameters) {
        latchingInterlocks = new.latchingInterlocks
        if new.stuck != old.stuck { stuck = new.stuck.map { StuckCheck($0) } }
        if new.unresponsive != old.unresponsive {
            response = new.unresponsive.map { ResponseCheck($0) }
        }
        if new.uncommanded != old.uncommanded {
            uncommanded = new.uncommanded.map { UncommandedCheck($0) }
        }
        if new.outerLostTicks != old.outerLostTicks {
            outer = new.outerLostTicks.map { OuterCheck(lostTicks: $0) }
        }
        guard let limits = new.agreement, agreement != nil else {
            agreement = new.agreement.map { AgreementCheck($0) }
            return
        }
        agreement?.limits = limits
    }

    mutating func update(_ guarded: GuardInput, _ input: TickInput) -> GuardFindings {
        stuck?.update(guarded)
        response?.update(guarded)
        uncommanded?.update(guarded)
        agreement?.update(
            guarded, now: input.timeNanoseconds,
            other: input.checkFault == nil ? input.check : nil)
        outer?.update(input.cascade.outer, elapsedTicks: guarded.elapsedTicks)
        var findings = GuardFindings()
        findings.isInterlockOpen = input.interlocksOpen != 0
        findings.isInterlockLost = input.interlocksLost != 0
        let refusing = input.interlocksOpen | input.interlocksLost
        findings.isInterlockLatching = refusing & latchingInterlocks != 0
        findings.isSensorStuck = stuck?.isStuck ?? false
        findings.isUnresponsive = response?.isUnresponsive ?? false
        findings.isUncommanded = uncommanded?.isUncommanded ?? false
        findings.isDisagreeing = agreement?.isDisagreeing ?? false
        findings.isAboveLimit = agreement?.isAboveLimit ?? false
        findings.isBelowLimit = agreement?.isBelowLimit ?? false
        findings.isOuterSafe = outer?.isSafe ?? false
        findings.isOuterAwaited = outer?.isAwaited ?? false
        return findings
    }
}
