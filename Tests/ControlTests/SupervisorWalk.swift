import Control

/// A walk over all sequences of an alphabet.
struct SupervisorWalk {
    let alphabet: [SupervisorInput]
    var violations: Set<String> = []
    var reached: Set<SupervisorState> = []
    var causes: Set<SupervisorCause> = []
    var ticks = 0

    init(alphabet: [SupervisorInput]) {
        self.alphabet = alphabet
    }

    /// One supervisor with what must hold of it.
    private struct Pair: Equatable {
        var supervisor: Supervisor
        var shadow: SupervisorShadow
    }

    /// What equal pairs have in common; few others have.
    private struct Key: Hashable {
        let shadow: SupervisorShadow
        let state: SupervisorState
        let cause: SupervisorCause
        let isLatched: Bool
    }

    /// All sequences up to a depth. Sequences that end in the same state go on as one, since what
    /// follows is the same.
    ///
    /// - Returns: how many states there are after 0, 1, 2 and so on ticks.
    mutating func explore(depth: Int) -> [Int] {
        var level = [Pair(supervisor: Supervisor(limits: .small), shadow: SupervisorShadow())]
        var counts = [1]
        for _ in 0..<depth {
            var next: [Key: [Pair]] = [:]
            for pair in level {
                for input in alphabet {
                    var after = pair
                    tick(&after.supervisor, &after.shadow, input)
                    let key = Key(
                        shadow: after.shadow, state: after.supervisor.state,
                        cause: after.supervisor.cause, isLatched: after.supervisor.isLatched)
                    if next[key]?.contains(after) != true { next[key, default: []].append(after) }
                }
            }
            level = next.values.flatMap { $0 }
            counts.append(level.count)
        }
        return counts
    }

    mutating func explore(_ supervisor: Supervisor, _ shadow: SupervisorShadow, depth: Int) {
        guard depth > 0 else { return }
        for input in alphabet {
            var next = supervisor
            var nextShadow = shadow
            tick(&next, &nextShadow, input)
            explore(next, nextShadow, depth: depth - 1)
        }
    }

    mutating func tick(
        _ supervisor: inout Supervisor, _ shadow: inout SupervisorShadow,
        _ input: SupervisorInput
    ) {
        let before = supervisor
        supervisor.update(input)
        shadow.count(input)
        ticks += 1
        reached.insert(supervisor.state)
        causes.insert(supervisor.cause)
        checkSafe(supervisor, shadow, input)
        checkLatch(before, supervisor, shadow, input)
        checkChange(before, supervisor, shadow, input)
        if input.requested == .safe {
            shadow.mustRecover = false
        } else if Self.passing.contains(supervisor.cause) {
            shadow.mustRecover = true
        } else if supervisor.state != .safe {
            shadow.mustRecover = false
        }
    }

    /// Causes that need no operator, but time.
    private static let passing: [SupervisorCause] = [
        .sensorLost, .actuatorFailed, .limitSuspected, .sensorStuck, .sensorDisagreement,
        .interlockOpen, .interlockLost, .outerSafe,
    ]
    private static let latching: [SupervisorCause] = [
        .limitHigh, .limitLow, .overrun, .unresponsive, .uncommanded, .interlockOpen,
        .interlockLost, .starting,
    ]

    private mutating func expect(_ holds: Bool, _ rule: String) {
        if !holds { violations.insert(rule) }
    }

    /// When no law may act.
    private mutating func checkSafe(
        _ now: Supervisor, _ shadow: SupervisorShadow, _ input: SupervisorInput
    ) {
        guard now.state != .safe else { return }
        let limits = now.limits
        expect(input.isKnown, "a law acts on an unknown measurement")
        expect(input.ageTicks <= limits.bridgeTicks, "a law acts beyond the bridge")
        expect(!input.isAboveLimit && !input.isBelowLimit, "a law acts at a limit")
        expect(!input.isSuspectHigh && !input.isSuspectLow, "a law acts on a suspect reading")
        expect(!now.isLatched, "a law acts while latched")
        expect(input.requested != .safe, "a law acts against the operator")
        expect(shadow.faultTicks <= limits.actuatorFaultTicks, "a law acts on a lost actuator")
        expect(shadow.lateTicks < limits.overrunTicks, "a law acts through too many overruns")
        expect(!input.refusesInterlock, "a law acts against an interlock")
        expect(!input.hasFinding, "a law acts on a finding")
        guard now.state == .learned else { return }
        expect(input.requested == .learned, "the learned law acts unasked")
        expect(shadow.implausibleTicks < limits.implausibleTicks, "an implausible law acts")
    }

    private mutating func checkLatch(
        _ before: Supervisor, _ now: Supervisor, _ shadow: SupervisorShadow,
        _ input: SupervisorInput
    ) {
        let isAtLimit = input.isAboveLimit || input.isBelowLimit
        if before.isLatched && !now.isLatched {
            expect(input.requested == .safe && !isAtLimit, "the latch opens by itself")
            expect(now.state == .safe && now.cause == .requested, "the latch opens into a law")
            expect(shadow.suspectTicks == 0, "the latch opens while a limit is suspected")
            expect(!input.refusesInterlock, "the latch opens against an interlock")
            expect(!input.findings.isUncommanded, "the latch opens while it moves uncommanded")
        }
        let isSuspect = input.isSuspectHigh || input.isSuspectLow
        let isRepeated = isSuspect && shadow.suspectTicks > max(1, now.limits.bridgeTicks)
        if isRepeated && input.requested != .safe {
            expect(now.isLatched, "a repeated suspect reading does not latch")
        }
        if isAtLimit && input.requested != .safe { expect(now.isLatched, "a limit does not latch") }
        checkGuards(now, shadow, input)
        if !before.isLatched && now.isLatched {
            expect(Self.latching.contains(now.cause), "something else latches")
            let isLate = shadow.lateTicks >= now.limits.overrunTicks
            let isFound = input.findings.isUnresponsive || input.findings.isUncommanded
            let isStopped = input.refusesInterlock && input.findings.isInterlockLatching
            expect(
                isAtLimit || isRepeated || isLate || isFound || isStopped,
                "a latch without a cause that latches")
        }
    }

    /// What the guards find is told, and latched where it must be.
    private mutating func checkGuards(
        _ now: Supervisor, _ shadow: SupervisorShadow, _ input: SupervisorInput
    ) {
        let isOpen = input.findings.isInterlockOpen
        let isAwaited = !isOpen && !shadow.hasReadInterlocks
        if input.refusesInterlock {
            let cause = isOpen ? SupervisorCause.interlockOpen : .interlockLost
            expect(now.cause == (isAwaited ? .starting : cause), "an interlock is not the cause")
            if input.findings.isInterlockLatching && !isAwaited {
                expect(now.isLatched, "an interlock does not latch")
            }
        } else if input.findings.isUncommanded {
            expect(now.isLatched && now.cause == .uncommanded, "an uncommanded move is not told")
        } else if input.findings.isUnresponsive && input.requested != .safe {
            expect(now.isLatched, "a plant that does not respond does not latch")
        }
    }

    /// The ways between the states.
    private mutating func checkChange(
        _ before: Supervisor, _ now: Supervisor, _ shadow: SupervisorShadow,
        _ input: SupervisorInput
    ) {
        switch (before.state, now.state) {
        case (.safe, .learned), (.safe, .fallback):
            expect(input.ageTicks == 0, "a law begins on an old estimate")
            let wasWell = before.cause == .starting || before.cause == .requested
            expect(wasWell || now.state == .fallback, "the way back skips the fallback")
            let hasRecovered = shadow.goodTicks >= now.limits.recoverTicks
            expect(!shadow.mustRecover || hasRecovered, "the way back skips the recovery time")
        case (.fallback, .learned):
            expect(input.ageTicks == 0, "a law begins on an old estimate")
            expect(input.isLawPlausible, "an implausible law begins")
        case (.learned, .fallback):
            let isAsked = input.requested == .fallback
            expect(isAsked || !input.isLawPlausible, "the learned law gives way without a cause")
        case (.learned, .safe), (.fallback, .safe):
            let isLost = !input.isKnown || input.ageTicks > now.limits.bridgeTicks
            let isTripped = input.isAboveLimit || input.isBelowLimit || input.isOverrun
            let isSuspect = input.isSuspectHigh || input.isSuspectLow
            expect(
                input.requested == .safe || isLost || isTripped || isSuspect
                    || input.hasActuatorFault || input.hasFinding,
                "the safe state comes without a cause")
        default: break
        }
    }
}
