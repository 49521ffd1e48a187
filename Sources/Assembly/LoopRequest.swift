package import Control
package import FixedPoint

/// What is asked of a running loop, on its way to the control thread: checked, in fixed point, of
/// fixed size.
package struct LoopRequest: BitwiseCopyable, Sendable {
    package enum Order: BitwiseCopyable, Sendable {
        /// `nil` for what the configuration says.
        case setpoint(Q16_16?)
        /// The command is that of `manual`.
        case mode(OperatingMode, command: Q16_16)
        /// Withdrawn by itself when its lease is not renewed within so many ticks.
        case experiment(Experiment, leaseTicks: UInt32)
        case renewLease(number: UInt32)
        /// Withdraws the experiment if it is this one.
        case abort(number: UInt32)
        /// `nil` takes it off.
        case drill(Drill?, ticks: UInt32)
    }

    /// Of this request; the loop's status says the last one that is in force.
    package let sequence: UInt64
    /// Index of the loop in the configuration.
    package let loop: UInt8
    package let order: Order

    package init(sequence: UInt64, loop: UInt8, order: Order) {
        self.sequence = sequence
        self.loop = loop
        self.order = order
    }
}
