import Control
import Testing

/// Every sequence of inputs up to a depth, with the invariants checked after each tick.
///
/// The checks are written from the rules, with counters of their own; they share no code with the
/// supervisor.
@Suite("The supervisor, over all sequences of inputs")
struct SupervisorExhaustiveTests {
    /// Every tick with at most one thing wrong, and each of the three requests.
    static let single: [SupervisorInput] = {
        let conditions: [SupervisorInput] = [
            .good, .silent(1), .silent(2), .unknown, .hot, .cold, .suspectHigh(1), .suspectLow(2),
            .faulty, .implausible, .late,
        ]
        return conditions.flatMap { input in
            [.learned, .fallback, .safe].map { input.asking($0) }
        }
    }()

    /// Every combination of conditions, and each of the three requests.
    static let combined: [SupervisorInput] = (0..<384).map { code in
        let age = UInt32(code & 3)
        let isSuspect = code >= 192 && age > 0
        let requests: [SupervisorState] = [.learned, .fallback, .safe]
        return SupervisorInput(
            isKnown: age != 3, ageTicks: age == 3 ? 1 : age, isAboveLimit: code & 4 != 0,
            isBelowLimit: false, isSuspectHigh: isSuspect, isSuspectLow: false,
            hasActuatorFault: code & 8 != 0, isLawPlausible: code & 16 == 0,
            isOverrun: code & 32 != 0,
            requested: requests[code / 64 % 3], elapsedTicks: 1)
    }

    /// Where a walk begins: each state, by each way into it.
    static let prefixes: [[SupervisorInput]] = [
        [], [.good], [.good.asking(.fallback)], [.good, .good.asking(.safe)], [.good, .hot],
        [.good, .late, .late], [.good, .silent(1), .silent(2)], [.good, .faulty, .faulty],
        [.good, .implausible, .implausible], [.good, .silent(2), .good, .good],
        [.good, .implausible, .implausible, .silent(2), .good, .good],
        [.good, .suspectHigh(1)], [.good, .suspectHigh(1), .suspectLow(2)],
        [.suspectHigh(1), .unknown], [.good, .suspectHigh(1), .good, .good],
    ]

    #if DEBUG
        static let singleDepth = 4
        static let combinedDepth = 1
    #else
        static let singleDepth = 5
        static let combinedDepth = 2
    #endif

    @Test("no sequence of single conditions breaks a rule")
    func singleConditions() {
        var walk = SupervisorWalk(alphabet: Self.single)
        walk.explore(Supervisor(limits: .small), SupervisorShadow(), depth: Self.singleDepth)
        #expect(walk.violations == [], "\(walk.ticks) ticks")
        #expect(walk.reached == [.safe, .fallback, .learned])
    }

    @Test("no combination of conditions breaks a rule, from any state", arguments: prefixes)
    func combinedConditions(prefix: [SupervisorInput]) {
        var walk = SupervisorWalk(alphabet: Self.combined)
        var supervisor = Supervisor(limits: .small)
        var shadow = SupervisorShadow()
        for input in prefix {
            walk.tick(&supervisor, &shadow, input)
        }
        walk.explore(supervisor, shadow, depth: Self.combinedDepth)
        #expect(walk.violations == [], "\(walk.ticks) ticks")
    }
}

/// Counts of its own, from which the invariants follow.
struct SupervisorShadow {
    var faultTicks: UInt32 = 0
    var lateTicks: UInt32 = 0
    var implausibleTicks: UInt32 = 0
    var goodTicks: UInt32 = 0
    /// Ticks that have begun since the last good measurement, from the first suspect reading on.
    var suspectTicks: UInt32 = 0
    /// A sensor or actuator was lost, and the operator has not said that all is well.
    var mustRecover = false

    mutating func count(_ input: SupervisorInput) {
        faultTicks = input.hasActuatorFault ? faultTicks + 1 : 0
        lateTicks = input.isOverrun ? lateTicks + 1 : 0
        implausibleTicks = input.isLawPlausible ? 0 : implausibleTicks + 1
        let isGood = input.isKnown && input.ageTicks == 0 && !input.hasActuatorFault
        goodTicks = isGood ? goodTicks + 1 : 0
        let isSuspect = input.isSuspectHigh || input.isSuspectLow
        suspectTicks = isSuspect || suspectTicks > 0 ? suspectTicks + 1 : 0
        if input.isKnown && input.ageTicks == 0 { suspectTicks = 0 }
    }
}

/// A depth-first walk over all sequences of an alphabet.
struct SupervisorWalk {
    let alphabet: [SupervisorInput]
    var violations: Set<String> = []
    var reached: Set<SupervisorState> = []
    var ticks = 0

    init(alphabet: [SupervisorInput]) {
        self.alphabet = alphabet
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
        checkSafe(supervisor, shadow, input)
        checkLatch(before, supervisor, shadow, input)
        checkChange(before, supervisor, shadow, input)
        if input.requested == .safe {
            shadow.mustRecover = false
        } else if [.sensorLost, .actuatorFailed, .limitSuspected].contains(supervisor.cause) {
            shadow.mustRecover = true
        } else if supervisor.state != .safe {
            shadow.mustRecover = false
        }
    }

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
        }
        let isSuspect = input.isSuspectHigh || input.isSuspectLow
        let isRepeated = isSuspect && shadow.suspectTicks > max(1, now.limits.bridgeTicks)
        if isRepeated && input.requested != .safe {
            expect(now.isLatched, "a repeated suspect reading does not latch")
        }
        if isAtLimit && input.requested != .safe { expect(now.isLatched, "a limit does not latch") }
        if !before.isLatched && now.isLatched {
            let causes: [SupervisorCause] = [.limitHigh, .limitLow, .overrun]
            expect(causes.contains(now.cause), "something else latches")
            let isLate = shadow.lateTicks >= now.limits.overrunTicks
            expect(isAtLimit || isRepeated || isLate, "a latch without a limit or overruns")
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
                    || input.hasActuatorFault,
                "the safe state comes without a cause")
        default: break
        }
    }
}
