import Assembly
import Configuration
import ModelFile
import Synchronization
import Telemetry

/// The configuration that the loops run with, for all threads but the control thread, which has its
/// own.
final class RunningConfiguration: Sendable {
    /// One of them.
    struct Content: Sendable {
        let number: UInt32
        let settings: Settings
        let models: [Model?]
    }

    /// What the record goes on with.
    struct Description: Sendable {
        let run: RunDescription
        let settings: Settings
    }

    /// Below the capacity of the ring of notices.
    private static let waitingLimit = 4

    private let content: Mutex<Content>
    private let descriptions = Mutex<[UInt32: Description]>([:])
    private let latest: Atomic<UInt32>

    init(_ settings: Settings, models: [Model?]) {
        content = Mutex(Content(number: 0, settings: settings, models: models))
        latest = Atomic(0)
    }

    var now: Content { content.withLock { $0 } }

    /// What came into force since a revision, if anything did.
    func since(_ number: UInt32) -> Content? {
        latest.load(ordering: .acquiring) == number ? nil : now
    }

    func set(_ revision: Revision) {
        content.withLock {
            $0 = Content(
                number: revision.number, settings: revision.settings, models: revision.models)
        }
        latest.store(revision.number, ordering: .releasing)
    }

    /// Leaves word for the record of what a revision is, before it is offered.
    ///
    /// - Returns: false while too many wait: the record has no room for the notice of another.
    func describe(_ description: Description, revision: UInt32) -> Bool {
        descriptions.withLock { descriptions in
            guard descriptions.count < Self.waitingLimit else { return false }
            descriptions[revision] = description
            return true
        }
    }

    /// What was left for the record; asked for once.
    func description(ofRevision number: UInt32) -> Description? {
        descriptions.withLock { $0.removeValue(forKey: number) }
    }
}
