public import FixedPoint

/// Moves the setpoint towards its target no faster than a rate.
public struct SetpointRamp: BitwiseCopyable, Sendable {
    /// Largest change in one tick in bits of Q16.16; 0 lets the setpoint jump.
    public internal(set) var stepPerTick: Int32
    /// The setpoint now, once it has started.
    public private(set) var setpoint: Q16_16?

    /// - Precondition: `stepPerTick >= 0`.
    public init(stepPerTick: Int32) {
        precondition(stepPerTick >= 0)
        self.stepPerTick = stepPerTick
    }

    /// The setpoint of this tick.
    ///
    /// A ramp starts where the plant was last measured; until it was, it waits at the target.
    public mutating func advance(
        to target: Q16_16, measurement: Q16_16?, elapsedTicks: UInt32
    ) -> Q16_16 {
        guard stepPerTick > 0 else {
            setpoint = target
            return target
        }
        guard let current = setpoint ?? measurement else { return target }
        let step = Int64(stepPerTick) &* Int64(elapsedTicks)
        let distance = Int64(target.bits) &- Int64(current.bits)
        let move = distance > step ? step : (distance < -step ? -step : distance)
        let next = Q16_16(bits: Int32(truncatingIfNeeded: Int64(current.bits) &+ move))
        setpoint = next
        return next
    }

    /// Begins where the plant is again: in the safe state it drifts away from any setpoint.
    public mutating func restart() {
        setpoint = nil
    }
}
