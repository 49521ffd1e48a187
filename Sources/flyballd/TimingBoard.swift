import Assembly
import Synchronization

/// The timing of the run, from the thread that counts it to the one that answers the control socket.
/// The control thread has nothing to do with it.
final class TimingBoard: Sendable {
    private let latest = Mutex<RunTiming?>(nil)

    func post(_ timing: RunTiming) { latest.withLock { $0 = timing } }

    /// What has been posted since the last call.
    func take() -> RunTiming? {
        latest.withLock { latest in
            defer { latest = nil }
            return latest
        }
    }
}
