import Synchronization

/// Counts the calls of a closure that must be sendable.
final class Counter: Sendable {
    private let count = Mutex(0)

    /// 1 at the first call.
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
