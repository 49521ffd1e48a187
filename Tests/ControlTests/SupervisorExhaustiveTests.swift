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
            .faulty, .implausible, .late, .stuck, .disagreeing, .unresponsive, .uncommanded,
            .open, .lost, .stopped, .cut, .outside, .awaited,
        ]
        return conditions.flatMap { input in
            [.learned, .fallback, .safe].map { input.asking($0) }
        }
    }()

    /// Every combination of conditions of sensor, actuator and law, and each of the three requests.
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

    /// Every combination of what the guards find, with and without a limit, and each request.
    static let findings: [SupervisorInput] = (0..<768).map { code in
        let requests: [SupervisorState] = [.learned, .fallback, .safe]
        return SupervisorInput.good.with {
            $0.findings.isInterlockOpen = code & 1 != 0
            $0.findings.isInterlockLost = code & 2 != 0
            $0.findings.isInterlockLatching = code & 4 != 0 && code & 3 != 0
            $0.findings.isUncommanded = code & 8 != 0
            $0.findings.isUnresponsive = code & 16 != 0
            $0.findings.isSensorStuck = code & 32 != 0
            $0.findings.isDisagreeing = code & 64 != 0
            $0.isAboveLimit = code & 128 != 0
            $0.requested = requests[code / 256]
        }
    }

    /// Every combination of what a loop outside does, of what else is found, and each request.
    static let cascaded: [SupervisorInput] = (0..<192).map { code in
        let requests: [SupervisorState] = [.learned, .fallback, .safe]
        return SupervisorInput.good.with {
            $0.findings.isOuterSafe = code & 1 != 0
            $0.findings.isOuterAwaited = code & 2 != 0
            $0.findings.isInterlockOpen = code & 4 != 0
            $0.findings.isUncommanded = code & 8 != 0
            $0.isAboveLimit = code & 16 != 0
            $0.ageTicks = code & 32 != 0 ? 2 : 0
            $0.requested = requests[code / 64]
        }
    }

    /// Where a walk begins: each state, by each way into it.
    static let prefixes: [[SupervisorInput]] = [
        [], [.good], [.good.asking(.fallback)], [.good, .good.asking(.safe)], [.good, .hot],
        [.good, .late, .late], [.good, .silent(1), .silent(2)], [.good, .faulty, .faulty],
        [.good, .implausible, .implausible], [.good, .silent(2), .good, .good],
        [.good, .implausible, .implausible, .silent(2), .good, .good],
        [.good, .suspectHigh(1)], [.good, .suspectHigh(1), .suspectLow(2)],
        [.suspectHigh(1), .unknown], [.good, .suspectHigh(1), .good, .good],
        [.good, .stuck], [.good, .unresponsive], [.good, .uncommanded], [.lost],
        [.good, .open], [.good, .open, .good, .good], [.good, .cut], [.stopped],
        [.awaited], [.good, .outside], [.good, .outside, .good, .good],
    ]

    #if DEBUG
        static let singleDepth = 4
        static let combinedDepth = 1
    #else
        static let singleDepth = 5
        static let combinedDepth = 2
    #endif
    /// States that differ in a decision or a counter after so many ticks, beginning with none. A
    /// change of the rules changes them.
    static let singleStates = [1, 29, 181, 616, 1_762, 4_728]

    @Test("no sequence of single conditions breaks a rule")
    func singleConditions() {
        var walk = SupervisorWalk(alphabet: Self.single)
        let counts = walk.explore(depth: Self.singleDepth)
        #expect(walk.violations == [], "\(walk.ticks) ticks")
        #expect(walk.reached == [.safe, .fallback, .learned])
        #expect(counts == Array(Self.singleStates.prefix(Self.singleDepth + 1)))
        let causes = (0...17).compactMap { SupervisorCause(rawValue: $0) }
        #expect(walk.causes == Set(causes))
    }

    @Test("no combination of conditions breaks a rule, from any state", arguments: prefixes)
    func combinedConditions(prefix: [SupervisorInput]) {
        explore(Self.combined, after: prefix)
    }

    @Test("no combination of findings breaks a rule, from any state", arguments: prefixes)
    func combinedFindings(prefix: [SupervisorInput]) {
        explore(Self.findings, after: prefix)
    }

    @Test("no combination with a loop outside breaks a rule, from any state", arguments: prefixes)
    func combinedCascades(prefix: [SupervisorInput]) {
        explore(Self.cascaded, after: prefix)
    }

    private func explore(_ alphabet: [SupervisorInput], after prefix: [SupervisorInput]) {
        var walk = SupervisorWalk(alphabet: alphabet)
        var supervisor = Supervisor(limits: .small)
        var shadow = SupervisorShadow()
        for input in prefix {
            walk.tick(&supervisor, &shadow, input)
        }
        walk.explore(supervisor, shadow, depth: Self.combinedDepth)
        #expect(walk.violations == [], "\(walk.ticks) ticks")
    }
}
