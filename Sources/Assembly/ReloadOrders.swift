package import ControlSocket
import Synchronization

/// Reloads that were asked for, by a signal or on the control socket, and what became of them.
///
/// One is carried out at a time. Whoever asks while one is under way gets another: the file may have
/// changed since.
package final class ReloadOrders: Sendable {
    /// What became of one.
    package enum End: Equatable, Sendable {
        case taken(ReloadReport)
        /// As a whole, for this reason.
        case refused(String)
    }

    /// Those that are remembered: whoever asks looks every 20 ms, and none takes less.
    private static let endLimit = 16

    private struct State {
        var asked: UInt64 = 0
        /// The last that the one under way, or the one before, is for.
        var begun: UInt64 = 0
        /// With the last order that each was for.
        var ends: [(order: UInt64, end: End)] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// The number of the order, for `end`.
    @discardableResult
    package func ask() -> UInt64 {
        state.withLock { state in
            state.asked += 1
            return state.asked
        }
    }

    /// Begins a reload for all who have asked since the last one began; false when nobody has.
    package func begin() -> Bool {
        state.withLock { state in
            guard state.asked > state.begun else { return false }
            state.begun = state.asked
            return true
        }
    }

    /// Ends the reload that is under way.
    package func finish(_ end: End) {
        state.withLock { state in
            if state.ends.count == Self.endLimit { state.ends.removeFirst() }
            state.ends.append((state.begun, end))
        }
    }

    /// What became of the reload that an order led to; `nil` until it has ended.
    package func end(of order: UInt64) -> End? {
        state.withLock { state in state.ends.first { $0.order >= order }?.end }
    }
}
