import Assembly
import Configuration
import ModelFile
import Synchronization

/// What the loops of each revision of the configuration are called in a checkpoint. Never asked by
/// the control thread.
final class CheckpointIdentities: Sendable {
    /// One loop.
    struct Identity {
        let name: String
        let digest: String
    }

    private let revisions = Mutex<[UInt32: [Identity]]>([:])

    private let isWanted: Bool

    /// - Parameter isWanted: whether checkpoints are written: a digest takes a while.
    init(_ settings: Settings, models: [Model?], isWanted: Bool) {
        self.isWanted = isWanted
        set(settings, models: models, revision: 0)
    }

    func set(_ settings: Settings, models: [Model?], revision: UInt32) {
        guard isWanted else { return }
        let identities = settings.loops.indices.map { index in
            Identity(
                name: settings.loops[index].name,
                digest: Checkpoint.digest(settings, loop: index, model: models[index]))
        }
        // The one before may still be on its way.
        revisions.withLock { revisions in
            revisions = revisions.filter { $0.key &+ 1 == revision }
            revisions[revision] = identities
        }
    }

    subscript(_ snapshot: LoopSnapshot) -> Identity? {
        revisions.withLock { revisions in
            guard let loops = revisions[snapshot.revision], Int(snapshot.loop) < loops.count else {
                return nil
            }
            return loops[Int(snapshot.loop)]
        }
    }
}
