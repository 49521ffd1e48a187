import Devices
import Synchronization

/// The time in a test's hands: sleeping moves it, and may do something on the way.
final class TestClock: BoardClock {
    private let now = Mutex<UInt64>(1_000_000_000)
    private let onSleep: Mutex<@Sendable (UInt64) -> Void>

    init(onSleep: @escaping @Sendable (UInt64) -> Void = { _ in }) {
        self.onSleep = Mutex(onSleep)
    }

    var nowNanoseconds: UInt64 { now.withLock { $0 } }

    func advance(nanoseconds: UInt64) { now.withLock { $0 += nanoseconds } }

    func sleep(untilNanoseconds deadline: UInt64) {
        now.withLock { $0 = max($0, deadline) }
        onSleep.withLock { $0 }(deadline)
    }
}
