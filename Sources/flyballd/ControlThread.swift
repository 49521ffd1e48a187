import Assembly
import Control
import Realtime
import Simulation

/// What the real-time thread owns and does: ticks until it is told to stop, then the safe levels.
///
/// Unchecked, since the loops and the plant are classes: they are handed over at the start of the
/// thread, and nobody else touches them before it has been joined.
struct ControlThread: ~Copyable, @unchecked Sendable {
    /// One at least.
    let loops: [RunningLoop]
    /// The simulated plant, which then is the loop's clock.
    let plant: SimulatedPlant?
    var clock: PeriodicClock
    let stop: StopFlag
    let outcome: ControlOutcome
    var ring: SampleRingProducer<TickRecord>
    /// What operators ask, and what they are told.
    var requests: SampleRingConsumer<LoopRequest>
    var statuses: SampleRingProducer<LoopStatus>
    /// Whether anybody takes the statuses.
    let hasOperator: Bool
    /// What is written down now and then, when it is asked for.
    var snapshots: SampleRingProducer<LoopSnapshot>
    let wish: SnapshotWish
    /// Another configuration, when there is one, and who is told of it.
    let slot: RevisionSlot
    var notices: SampleRingProducer<RevisionNotice>
    /// Ticks after which the thread ends by itself.
    let tickLimit: UInt64

    /// More in one tick wait for the next: the work of a tick is bounded.
    private static let requestsPerTick = 32

    mutating func run() {
        // Locking the memory takes as long as there is memory: no tick was due meanwhile.
        clock.restart()
        let origin = clock.schedule.deadlineNanoseconds(ofIndex: 0)
        let faultsAtStart = PageFaults.ofCurrentThread()
        while let tick = clock.wait(unless: stop) {
            guard tick.index < tickLimit else { break }
            realtimeScope {
                if slot.hasOffer { takeRevision(tick.index) }
                takeRequests()
                advancePlant(by: tick.missedPeriods)
                let isWished = wish.take()
                var holds = LoopHolds()
                for index in loops[0].links.order {
                    let loop = loops[index]
                    runOne(loop, tick, origin, isWished: isWished)
                    holds.add(index, isLatched: loop.isLatched, isHeldSafe: loop.isHeldSafe)
                }
                outcome.set(holds)
                plant?.advance()
            }
            outcome.countTick()
            if outcome.takePageFaultsWish() { countPageFaults(since: faultsAtStart) }
        }
        countPageFaults(since: faultsAtStart)
        for loop in loops {
            loop.driveSafe()
        }
        outcome.set(droppedTicks: ring.dropped)
    }

    private func countPageFaults(since start: PageFaults?) {
        guard let start, let faults = PageFaults.ofCurrentThread() else { return }
        outcome.set(faults.since(start))
    }

    private mutating func runOne(
        _ loop: RunningLoop, _ tick: PeriodicTick, _ origin: UInt64, isWished: Bool
    ) {
        if isWished { loop.isSnapshotWished = true }
        guard let due = loop.due(tick.index) else { return }
        let begin = MonotonicClock.nowNanoseconds
        let time = plant?.nowNanoseconds ?? tick.deadlineNanoseconds
        let elapsed = plant?.nowNanoseconds ?? (tick.deadlineNanoseconds &- origin)
        var record = loop.tick(due, of: tick.index, time: time, elapsed: elapsed)
        // Of the tick's own beginning: a second loop is not late because there is a first.
        record.latenessNanoseconds = tick.latenessNanoseconds
        record.stepNanoseconds = MonotonicClock.nowNanoseconds &- begin
        ring.push(record)
        if loop.isSnapshotWished {
            loop.isSnapshotWished = false
            snapshots.push(loop.snapshot(record, elapsed: elapsed))
        }
        if hasOperator { statuses.push(loop.status(record)) }
    }

    /// Puts another configuration into force before this tick, in all loops.
    private mutating func takeRevision(_ tick: UInt64) {
        slot.take { revision in
            // There is room: the one before was taken by the record before another is offered.
            notices.push(RevisionNotice(number: revision.number, firstTick: tick))
            loops[0].links.revise(revision.links)
            for (index, loop) in loops.enumerated() {
                loop.take(revision.loops[index], number: revision.number)
            }
        }
    }

    private mutating func takeRequests() {
        for _ in 0..<Self.requestsPerTick {
            guard let request = requests.pop() else { return }
            let index = Int(request.loop)
            if index < loops.count { loops[index].take(request) }
        }
    }

    /// The plant does not wait for a late loop.
    private func advancePlant(by periods: UInt64) {
        guard let plant else { return }
        for _ in 0..<min(periods, 1_000) {
            plant.advance()
        }
    }
}
