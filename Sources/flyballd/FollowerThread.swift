import Control
import Realtime

/// Takes the ticks from the ring to the record and to the screen, on a thread of its own: a disk
/// that hangs then keeps neither the loops nor the thread that takes signals.
struct FollowerThread: ~Copyable, Sendable {
    /// Between two looks at the ring.
    private static let lookNanoseconds: UInt64 = 20_000_000

    var follower: Follower
    var ticks: SampleRingConsumer<TickRecord>
    /// Raised when no more ticks will come.
    let stop: StopFlag
    let outcome: ControlOutcome

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
            follower.take(record)
            last = record.timeNanoseconds
        }
        if last > 0 { follower.flush(now: last) }
    }
}
