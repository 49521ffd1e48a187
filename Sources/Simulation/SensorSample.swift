import Control
import FixedPoint

/// What a simulated sensor said last, and when.
struct SensorSample: Sendable {
    /// The tick it is of; none at the start.
    private(set) var tick = UInt64.max
    private(set) var value = Q16_16(bits: 0)
    private(set) var fault: SensorFault?
    private var lastGood: Q16_16?

    /// Takes the value of a tick, in the sensor's unit; one that Q16.16 cannot hold is malformed.
    mutating func take(_ measured: Double, tick: UInt64, isStuck: Bool, isSilent: Bool) {
        self.tick = tick
        let scaled = (measured * 65_536).rounded()
        fault = isSilent ? .stale : nil
        if isSilent { return }
        if isStuck, let lastGood {
            value = lastGood
        } else if scaled.magnitude <= 2_147_483_647 {
            value = Q16_16(bits: Int32(scaled))
            lastGood = value
        } else {
            fault = .malformed
        }
    }
}
