import Synchronization

/// What any thread but the real-time one may ask of a board.
package final class BoardMonitor: Sendable {
    private let state = Mutex(BoardStatus.opening)

    package init() {}

    package var status: BoardStatus { state.withLock { $0 } }

    func set(_ status: BoardStatus) { state.withLock { $0 = status } }
}
