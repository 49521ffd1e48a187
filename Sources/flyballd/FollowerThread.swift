import Control
import Realtime

/// Takes the ticks from the ring to the record and to the screen, on a thread of its own: a disk
/// that hangs then keeps neither the loops nor the thread that takes signals.
struct FollowerThread: ~Copyable, Sendable {
    /// Between two looks at the ring.
    private static let lookNanoseconds: UInt64 = 20_000_000
    /// Between two timings for those who ask: each reads its histograms through.
    private static let timingNanoseconds: UInt64 = 1_000_000_000

    var follower: Follower
    var ticks: SampleRingConsumer<TickRecord>
    /// Reloads, which are told before their first tick is.
    var notices: SampleRingConsumer<RevisionNotice>
    let running: RunningConfiguration
    /// Raised when no more ticks will come.
    let stop: StopFlag
    let outcome: ControlOutcome
    /// Where the timing is left for the control socket; `nil` when there is none.
    let board: TimingBoard?
    private var timingDue: UInt64 = 0
    private var notice: RevisionNotice?

    init(
        follower: consuming Follower, ticks: consuming SampleRingConsumer<TickRecord>,
        notices: consuming SampleRingConsumer<RevisionNotice>, running: RunningConfiguration,
        stop: StopFlag, outcome: ControlOutcome, board: TimingBoard?
    ) {
        self.board = board
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
            let now = MonotonicClock.nowNanoseconds
            tellTiming(now)
            MonotonicClock.sleep(untilNanoseconds: now + Self.lookNanoseconds)
        }
        drain()
        follower.finish(
            droppedByRing: outcome.droppedTicks, pageFaults: outcome.pageFaults)
    }

    private mutating func tellTiming(_ now: UInt64) {
        guard let board, now >= timingDue else { return }
        timingDue = now &+ Self.timingNanoseconds
        board.post(follower.timing(pageFaults: outcome.pageFaults))
        // For the next one.
        outcome.askForPageFaults()
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
