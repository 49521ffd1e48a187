import Assembly
import Realtime
import Service

/// The thread that writes checkpoints, if any loop wants to be resumed and there is a place for
/// them: the loops run with or without it.
struct CheckpointSide: ~Copyable {
    private let thread: RealtimeThread?
    private let stop: StopFlag

    /// - Parameter directory: `nil` when nothing is to be kept.
    init(
        _ directory: String?, _ identities: CheckpointIdentities, loopCount: Int,
        _ snapshots: consuming SampleRingConsumer<LoopSnapshot>, _ wish: SnapshotWish,
        _ outcome: ControlOutcome
    ) {
        let stop = StopFlag()
        self.stop = stop
        guard let directory else {
            thread = nil
            return
        }
        do throws(ThreadFault) {
            thread = try RealtimeThread(
                ThreadPolicy(name: "checkpoint", priority: 0, locksMemory: false),
                context: CheckpointThread(
                    directory: directory, identities: identities, loopCount: loopCount,
                    snapshots: snapshots, wish: wish, stop: stop, outcome: outcome)
            ) { context in
                var context = context
                context.run()
            }
        } catch {
            Log.write(.warning, "checkpoint: \(error): nothing is kept", .checkpointFault)
            thread = nil
        }
    }

    /// Writes nothing any more; the thread is waited for when this goes out of scope.
    func end() { stop.raise() }

    func hasEnded(byNanoseconds deadline: UInt64) -> Bool {
        switch thread {
        case .none: true
        case .some(let thread): thread.hasEnded(byNanoseconds: deadline)
        }
    }

    deinit { stop.raise() }
}
