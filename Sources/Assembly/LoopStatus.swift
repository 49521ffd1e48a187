package import Control

/// A loop after a tick, on its way from the control thread to whoever asks.
package struct LoopStatus: BitwiseCopyable, Sendable {
    package var record: TickRecord
    package var mode: OperatingMode
    package var isOperatorTarget: Bool
    package var drill: Drill?
    /// Sequence of the last request that was in force in this tick.
    package var acknowledged: UInt64
    /// Sequence of the last one that a reload had overtaken.
    package var refused: UInt64

    package init(_ record: TickRecord, _ orders: LoopOrders) {
        self.record = record
        mode = orders.mode
        isOperatorTarget = orders.setpoint != nil
        drill = orders.drill
        acknowledged = orders.acknowledged
        refused = orders.refused
    }
}
