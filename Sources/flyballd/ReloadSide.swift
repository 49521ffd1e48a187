import Realtime
import Service
import Telemetry

/// Reloads when it is asked to, one after the other, and tells the service manager.
struct ReloadSide: ~Copyable {
    private let reload: Reload
    private var thread: RealtimeThread?
    private var isAskedFor = false

    /// - Parameters:
    ///   - path: of the configuration.
    ///   - description: what the record says of the run; `nil` when nothing is recorded.
    init(
        _ path: String, _ running: RunningConfiguration, _ identities: CheckpointIdentities,
        _ slot: RevisionSlot, _ description: RunDescription?, isSimulated: Bool,
        realPeriodNanoseconds: UInt64
    ) {
        reload = Reload(
            path: path, running: running, identities: identities, slot: slot,
            description: description, isSimulated: isSimulated,
            realPeriodNanoseconds: realPeriodNanoseconds)
        thread = nil
    }

    /// Whoever asks while one is under way gets another: the file may have changed since.
    mutating func ask() { isAskedFor = true }

    /// Goes on with what was asked for; never waits.
    mutating func advance(_ service: ServiceNotifier) {
        let isUnderWay =
            switch thread {
            case .none: false
            case .some(let thread): !thread.hasEnded(byNanoseconds: 0)
            }
        guard !isUnderWay else { return }
        if thread.take() != nil { service.ready() }
        guard isAskedFor else { return }
        isAskedFor = false
        service.reloading(nowMicroseconds: MonotonicClock.nowNanoseconds / 1_000)
        do throws(ThreadFault) {
            thread = try RealtimeThread(
                ThreadPolicy(name: "reload", priority: 0, locksMemory: false), context: reload
            ) { reload in reload.run() }
        } catch {
            Log.write(
                .error, "not reloaded, the loops go on unchanged: \(error)", .reloadRefused)
            service.ready()
        }
    }

    /// Takes back what the control thread has not taken; the thread is waited for when this goes out
    /// of scope.
    func end() { reload.stop.raise() }

    /// Whether nothing is under way; at the end of a run the control thread takes nothing any more.
    func hasEnded(byNanoseconds deadline: UInt64) -> Bool {
        switch thread {
        case .none: true
        case .some(let thread): thread.hasEnded(byNanoseconds: deadline)
        }
    }

    deinit { reload.stop.raise() }
}
