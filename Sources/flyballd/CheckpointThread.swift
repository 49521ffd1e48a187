import Assembly
import Realtime
import Service

/// Writes down where the laws are, now and then, on a thread of its own: a disk that hangs keeps
/// nobody else.
struct CheckpointThread: ~Copyable, Sendable {
    /// Between two checkpoints: what is lost at most, and what a memory card bears for years.
    static let intervalNanoseconds: UInt64 = 10_000_000_000
    private static let lookNanoseconds: UInt64 = 20_000_000

    let directory: String
    let identities: CheckpointIdentities
    let loopCount: Int
    var snapshots: SampleRingConsumer<LoopSnapshot>
    let wish: SnapshotWish
    let stop: StopFlag
    let outcome: ControlOutcome
    private var found: [UInt8: LoopSnapshot] = [:]
    private var fault: String?

    init(
        directory: String, identities: CheckpointIdentities, loopCount: Int,
        snapshots: consuming SampleRingConsumer<LoopSnapshot>, wish: SnapshotWish, stop: StopFlag,
        outcome: ControlOutcome
    ) {
        self.directory = directory
        self.identities = identities
        self.loopCount = loopCount
        self.snapshots = snapshots
        self.wish = wish
        self.stop = stop
        self.outcome = outcome
    }

    mutating func run() {
        var holds = LoopHolds()
        var next = MonotonicClock.nowNanoseconds &+ Self.intervalNanoseconds
        while !stop.isRaised {
            let now = MonotonicClock.nowNanoseconds
            // A latch, and the operator's word, must outlive a crash that comes a second later.
            let found = outcome.holdsNow
            if now >= next || found != holds {
                holds = found
                next = now &+ Self.intervalNanoseconds
                self.found = [:]
                wish.raise()
            }
            while let snapshot = snapshots.pop() { self.found[snapshot.loop] = snapshot }
            if self.found.count == loopCount { write() }
            MonotonicClock.sleep(untilNanoseconds: now &+ Self.lookNanoseconds)
        }
    }

    private mutating func write() {
        var loops: [Checkpoint.Loop] = []
        for snapshot in found.values.sorted(by: { $0.loop < $1.loop }) {
            guard let identity = identities[snapshot] else { continue }
            loops.append(Checkpoint.Loop(snapshot, name: identity.name, digest: identity.digest))
        }
        found = [:]
        let reason = Checkpoint(written: .now(), loops: loops).write(directory: directory)
        guard reason != fault else { return }
        fault = reason
        if let reason {
            Log.write(
                .warning, "checkpoint: \(directory): \(reason); the loops go on", .checkpointFault)
        } else {
            Log.write(.notice, "checkpoint: works again", .checkpointFault)
        }
    }
}
