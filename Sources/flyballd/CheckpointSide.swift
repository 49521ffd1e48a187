import Assembly
import Realtime
import Service

/// What writes checkpoints, if any loop wants to be resumed and there is a place for them.
enum CheckpointSide {
    /// - Parameter directory: `nil` when nothing is to be kept.
    static func thread(
        _ directory: String?, _ identities: CheckpointIdentities, loopCount: Int,
        _ snapshots: consuming SampleRingConsumer<LoopSnapshot>, _ wish: SnapshotWish,
        _ outcome: ControlOutcome
    ) -> SideThread {
        var side = SideThread()
        guard let directory else { return side }
        do throws(ThreadFault) {
            try side.start(
                "checkpoint",
                CheckpointThread(
                    directory: directory, identities: identities, loopCount: loopCount,
                    snapshots: snapshots, wish: wish, stop: side.stop, outcome: outcome)
            ) { context in
                var context = context
                context.run()
            }
        } catch {
            Log.write(.warning, "checkpoint: \(error): nothing is kept", .checkpointFault)
        }
        return side
    }
}
