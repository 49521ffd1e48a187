import Control
import FixedPoint
import Testing

@Suite("The supervisor")
struct SupervisorTests {
    @Test("starts safe, and lets the law act with the first good reading")
    func starts() {
        var supervisor = Supervisor(limits: .small)
        #expect(supervisor.state == .safe && supervisor.cause == .starting)
        #expect(supervisor.states([.unknown, .unknown, .good]) == [.safe, .safe, .learned])
        #expect(supervisor.cause == .nominal)
    }

    @Test("starts in the fallback when that is asked for")
    func startsInFallback() {
        let supervisor = Supervisor(after: [.good.asking(.fallback)])
        #expect(supervisor.state == .fallback && supervisor.cause == .nominal)
    }

    @Test("starts in the fallback while the learned law is not plausible")
    func startsImplausible() {
        var supervisor = Supervisor(after: [.implausible])
        #expect(supervisor.state == .fallback && supervisor.cause == .recovering)
        #expect(supervisor.states([.good, .good]) == [.fallback, .learned])
    }

    @Test("rule 1: the operator's safe state comes at once and ends at the operator's word")
    func requestedSafe() {
        var supervisor = Supervisor(after: [.good, .good.asking(.safe)])
        #expect(supervisor.state == .safe && supervisor.cause == .requested)
        #expect(supervisor.states([.good.asking(.safe), .good]) == [.safe, .learned])
    }

    @Test("rule 1: the operator's safe state wins over every other rule")
    func requestedSafeWins() {
        for input in [.hot, .cold, .faulty, .implausible, .late, .silent(9), .unknown]
            as [SupervisorInput]
        {
            let supervisor = Supervisor(after: [.good, input.asking(.safe)])
            #expect(supervisor.state == .safe && supervisor.cause == .requested)
        }
    }

    @Test("rule 2: a limit drives safe in its tick and latches", arguments: [true, false])
    func limit(isHigh: Bool) {
        var supervisor = Supervisor(after: [.good, isHigh ? .hot : .cold])
        #expect(supervisor.state == .safe && supervisor.isLatched)
        #expect(supervisor.cause == (isHigh ? .limitHigh : .limitLow))
        supervisor.run(Array(repeating: .good, count: 1_000))
        #expect(supervisor.state == .safe && supervisor.isLatched)
        #expect(supervisor.cause == (isHigh ? .limitHigh : .limitLow))
    }

    @Test("rule 2: the latch stays while the limit does, whatever the operator asks for")
    func latchStays() {
        var supervisor = Supervisor(after: [.good, .hot, .hot.asking(.safe)])
        #expect(supervisor.isLatched && supervisor.cause == .limitHigh)
        supervisor.run([.hot, .hot.asking(.fallback)])
        #expect(supervisor.isLatched && supervisor.state == .safe)
    }

    @Test("rule 2: the latch ends when the operator asks for safe and then for a law")
    func latchEnds() {
        var supervisor = Supervisor(after: [.good, .hot, .good, .good.asking(.safe)])
        #expect(!supervisor.isLatched && supervisor.state == .safe)
        #expect(supervisor.states([.good]) == [.learned])
    }

    @Test("rule 2: a limit before the first law latches too, and is reported as itself")
    func limitAtStart() {
        let supervisor = Supervisor(after: [.hot])
        #expect(supervisor.state == .safe && supervisor.isLatched)
        #expect(supervisor.cause == .limitHigh)
    }

    @Test(
        "rule 2: a suspect reading again after the bridge latches as its limit",
        arguments: [true, false])
    func suspectRepeated(isHigh: Bool) {
        func suspect(_ age: UInt32) -> SupervisorInput {
            isHigh ? .suspectHigh(age) : .suspectLow(age)
        }
        var supervisor = Supervisor(after: [.good, suspect(1)])
        #expect(!supervisor.isLatched && supervisor.cause == .limitSuspected)
        supervisor.update(suspect(2))
        #expect(supervisor.state == .safe && supervisor.isLatched)
        #expect(supervisor.cause == (isHigh ? .limitHigh : .limitLow))
        // Nothing has said yet that the limit is left.
        supervisor.update(.silent(3).asking(.safe))
        #expect(supervisor.isLatched)
        supervisor.run([.good, .good.asking(.safe)])
        #expect(!supervisor.isLatched)
    }

    @Test("rule 2: silence between two suspect readings does not make them single")
    func suspectAfterSilence() {
        let silence = (2...9).map { SupervisorInput.silent($0) }
        let supervisor = Supervisor(after: [.good, .suspectHigh(1)] + silence + [.suspectHigh(10)])
        #expect(supervisor.isLatched && supervisor.cause == .limitHigh)
    }

    @Test("rule 2: without a bridge a single suspect reading does not latch, a second one does")
    func suspectWithoutBridge() {
        let limits = SupervisorLimits.small.with { $0.bridgeTicks = 0 }
        var supervisor = Supervisor(limits, after: [.good, .suspectHigh(1)])
        #expect(supervisor.state == .safe && !supervisor.isLatched)
        supervisor.update(.suspectHigh(2))
        #expect(supervisor.isLatched)
    }

    @Test("rule 3: single suspect readings drive safe at once and do not latch")
    func suspectSingle() {
        var supervisor = Supervisor(after: [.good])
        for input in [.suspectHigh(1), .suspectLow(1)] as [SupervisorInput] {
            supervisor.update(input)
            #expect(supervisor.state == .safe && supervisor.cause == .limitSuspected)
            #expect(!supervisor.isLatched)
            // The way back is that of a lost sensor: recovery time, fallback, learned law.
            #expect(
                supervisor.states([.good, .good, .good, .good])
                    == [.safe, .fallback, .fallback, .learned])
        }
    }

    @Test("rule 2: overruns in a row latch; single ones are counted afresh")
    func overruns() {
        var supervisor = Supervisor(after: [.good, .late, .good, .late, .good])
        #expect(supervisor.state == .learned)
        supervisor.run([.late, .late])
        #expect(supervisor.isLatched && supervisor.cause == .overrun)
    }

    @Test("rule 2: so many overruns among the last ticks latch, in a row or not")
    func overrunsInWindow() {
        let limits = SupervisorLimits.small.with {
            $0.overrunTicks = 3
            $0.overrunWindowTicks = 5
        }
        var supervisor = Supervisor(limits, after: [.late, .good, .late, .good, .good, .late])
        #expect(supervisor.state == .learned)
        supervisor.run([.good, .late])
        #expect(supervisor.state == .learned)
        supervisor.run([.late])
        #expect(supervisor.isLatched && supervisor.cause == .overrun)
    }

    @Test(
        "rule 2: a window counts as a list of the last ticks does",
        arguments: [1, 2, 5, 33, 63, 64] as [UInt32])
    func windowAgainstList(window: UInt32) {
        // Which ticks are late comes from a fixed seed; half of them are.
        var random = SplitMix64(seed: UInt64(window))
        for limit in Set([1, window / 2, window]).sorted() where limit > 0 {
            let limits = SupervisorLimits.small.with {
                $0.overrunTicks = limit
                $0.overrunWindowTicks = window
            }
            var supervisor = Supervisor(limits, after: [])
            var late: [Bool] = []
            for _ in 0..<300 {
                let isLate = random.next() & 1 == 1
                late.append(isLate)
                supervisor.run([isLate ? .late : .good])
                let recent = late.suffix(Int(window)).count { $0 }
                guard recent >= Int(limit) else {
                    #expect(!supervisor.isLatched, "\(late.count) ticks, limit \(limit)")
                    continue
                }
                #expect(supervisor.isLatched, "\(late.count) ticks, limit \(limit)")
                break
            }
        }
    }

    @Test("rule 2: without a limit of overruns none is too many")
    func overrunsAllowed() {
        let limits = SupervisorLimits.small.with { $0.overrunTicks = 0 }
        let supervisor = Supervisor(limits, after: Array(repeating: .late, count: 100))
        #expect(supervisor.state == .learned)
    }

    @Test("rule 3: an old estimate drives safe one tick after the bridge")
    func sensorLost() {
        var supervisor = Supervisor(after: [.good])
        #expect(supervisor.states([.silent(1), .silent(2)]) == [.learned, .safe])
        #expect(supervisor.cause == .sensorLost && !supervisor.isLatched)
    }

    @Test("rule 3: lasting actuator faults drive safe; missed periods count")
    func actuatorFailed() {
        var supervisor = Supervisor(after: [.good, .faulty, .good, .faulty])
        #expect(supervisor.state == .learned)
        supervisor.update(.faulty)
        #expect(supervisor.state == .safe && supervisor.cause == .actuatorFailed)
        var late = Supervisor(after: [.good])
        late.update(.faulty.with { $0.elapsedTicks = 2 })
        #expect(late.state == .safe)
    }

    @Test("rule 4: the way back takes good ticks in a row, first to the fallback")
    func recovers() {
        var supervisor = Supervisor(after: [.good, .silent(1), .silent(2)])
        #expect(supervisor.states([.good, .silent(1), .good]) == [.safe, .safe, .safe])
        #expect(supervisor.states([.good, .good, .good]) == [.fallback, .fallback, .learned])
    }

    @Test("rule 4: a good reading after many missed periods is one good tick, not many")
    func missedPeriodsAreNotGood() {
        let limits = SupervisorLimits.small.with { $0.recoverTicks = 5 }
        var supervisor = Supervisor(limits, after: [.good, .silent(9)])
        supervisor.update(
            .good.with {
                $0.elapsedTicks = 1_000; $0.isOverrun = true
            })
        #expect(supervisor.state == .safe)
    }

    @Test("rule 4: without a recovery time the way back still needs one good tick")
    func noRecoveryTime() {
        let limits = SupervisorLimits.small.with { $0.recoverTicks = 0 }
        var supervisor = Supervisor(limits, after: [.good, .silent(2)])
        #expect(supervisor.states([.silent(1), .good]) == [.safe, .fallback])
    }

    @Test("rule 5: an implausible law gives way to the fallback after its limit")
    func implausible() {
        var supervisor = Supervisor(after: [.good, .implausible, .good, .implausible])
        #expect(supervisor.state == .learned)
        supervisor.update(.implausible)
        #expect(supervisor.state == .fallback && supervisor.cause == .lawImplausible)
    }

    @Test("rule 5: without a limit the first implausible tick is enough, and only that")
    func implausibleAtOnce() {
        let limits = SupervisorLimits.small.with { $0.implausibleTicks = 0 }
        var supervisor = Supervisor(limits, after: [.good, .good, .good])
        #expect(supervisor.state == .learned)
        #expect(supervisor.states([.implausible]) == [.fallback])
    }

    @Test("rule 6: an implausible law is tried again after the retry time without a fault")
    func retries() {
        var supervisor = Supervisor(after: [.good, .implausible, .implausible])
        #expect(
            supervisor.states([.good, .good, .implausible, .good, .good, .good])
                == [.fallback, .fallback, .fallback, .fallback, .fallback, .learned])
    }

    @Test("rule 6: without a retry time the law stays out, also after a dropout")
    func neverRetries() {
        let limits = SupervisorLimits.small.with { $0.retryTicks = 0 }
        var supervisor = Supervisor(limits, after: [.good, .implausible, .implausible])
        supervisor.run(Array(repeating: .good, count: 100) + [.silent(1), .silent(2)])
        #expect(supervisor.state == .safe)
        supervisor.run(Array(repeating: .good, count: 100))
        #expect(supervisor.state == .fallback && supervisor.cause == .lawImplausible)
    }

    @Test("rule 6: the operator may bring a distrusted law back by asking for the fallback first")
    func operatorForgives() {
        let limits = SupervisorLimits.small.with { $0.retryTicks = 0 }
        var supervisor = Supervisor(limits, after: [.good, .implausible, .implausible])
        #expect(
            supervisor.states([.good.asking(.fallback), .good]) == [.fallback, .learned])
    }

    @Test("the operator moves the loop to the fallback and back within a tick each")
    func operatorChoosesLaw() {
        var supervisor = Supervisor(after: [.good])
        let asked: [SupervisorInput] = [.good.asking(.fallback), .good, .good.asking(.fallback)]
        #expect(supervisor.states(asked) == [.fallback, .learned, .fallback])
    }

    @Test("counters stop at their greatest value")
    func saturates() {
        var supervisor = Supervisor(after: [.good])
        let forever = SupervisorInput.faulty.with { $0.elapsedTicks = .max }
        supervisor.run([forever, forever, forever])
        #expect(supervisor.state == .safe && supervisor.cause == .actuatorFailed)
    }
}
