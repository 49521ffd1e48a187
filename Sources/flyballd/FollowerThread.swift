import Control
import Realtime

/// Takes the ticks from the ring to the record and to the screen, on a thread of its own: a disk
/// that hangs then keeps neither the loops nor the thread that takes signals.
struct FollowerThread: ~Copyable, Sendable {
    /// Between two looks at the ring.
    private static let lookNanoseconds: UInt64 = 20_000_000

    var follower: Follower
    var ticks: SampleRingConsumer<TickRecord>
    /// Reloads, which are told before their first tick is.
    var notices: SampleRingConsumer<RevisionNotice>
    let running: RunningConfiguration
    /// Raised when no more ticks will come.
    let stop: StopFlag
    let outcome: ControlOutcome
    private var notice: RevisionNotice?

    init(
        follower: consuming Follower, ticks: consuming SampleRingConsumer<TickRecord>,
        notices: consuming SampleRingConsumer<RevisionNotice>, running: RunningConfiguration,
        stop: StopFlag, outcome: ControlOutcome
    ) {
        self.follower = follower
        self.ticks = ticks
        self.notices = notices
        self.running = running
        self.stop = stop
        self.outcome = outcome
    }

    mutating func run() {
        follower.open()
        while !stop.isRaised {
            drain()
            MonotonicClock.sleep(
                untilNanoseconds: MonotonicClock.nowNanoseconds + Self.lookNanoseconds)
        }
        drain()
        follower.finish(
            droppedByRing: outcome.droppedTicks, pageFaults: outcome.pageFaults)
    }

    private mutating func drain() {
        var last: UInt64 = 0
        while let record = ticks.pop() {
            reviseIfDue(record)
            follower.take(record)
            last = record.timeNanoseconds
        }
        if last > 0 { follower.flush(now: last) }
    }

    private mutating func reviseIfDue(_ record: TickRecord) {
        while true {
            if notice == nil { notice = notices.pop() }
            guard let due = notice, record.tick >= due.firstTick else { return }
            notice = nil
            if let change = running.description(ofRevision: due.number) {
                follower.revise(change, now: record.timeNanoseconds)
            }
        }
    }
}
