public import FixedPoint
import GatedMemory

/// Remembers the last good measurement while the sensor is silent.
///
/// A measurement opens the input gate (i = 1-f = 1) and replaces what was held; without one both
/// gates shut and the memory holds, bit for bit, for as long as it takes.
public struct DropoutTracker: BitwiseCopyable, Sendable {
    /// 28 fraction bits: it holds a Q3.28 value as it is.
    private var cell = MemoryCell()
    private var ageTicks: UInt32 = 0
    private var isKnown = false

    public init() {}

    /// A measurement in, or nothing; an estimate out.
    ///
    /// - Parameters:
    ///   - measurement: a fraction of the span; plausibility checks have bounded it to 0 ... 1.
    ///   - elapsedTicks: 1, plus the periods missed since the last call.
    public mutating func update(_ measurement: Q3_28?, elapsedTicks: UInt32) -> Estimate {
        if let measurement {
            write(measurement, gate: .open)
            ageTicks = 0
            isKnown = true
        } else {
            write(.zero, gate: .shut)
            ageTicks = ageTicks &+ elapsedTicks < ageTicks ? .max : ageTicks &+ elapsedTicks
        }
        return Estimate(
            value: Q3_28(bits: cell.value), ageTicks: ageTicks, isKnown: isKnown)
    }

    private mutating func write(_ value: Q3_28, gate: Gate) {
        // A measurement replaces everything, what rounding left over included: 1 is not quite 1 in
        // Q31, and its residue would surface after a few ticks.
        if gate == .open { cell.residue = 0 }
        // From Q28 to the candidate's Q31; a fraction in -1 ... 1 cannot clip the cell.
        let candidate = Rounding.saturated32(Int64(value.bits) &<< 3)
        _ = cell.update(candidate: candidate, input: gate, leak: gate, format: .q3_28)
    }
}
