public import FixedPoint
import GatedMemory

/// Remembers the last good measurement while the sensor is silent.
///
/// A measurement opens the input gate (i = 1-f = 1) and replaces what was held; without one both gates
/// shut and the memory holds, bit for bit, for as long as it takes. A candidate has 16 bits, a
/// measurement 28: the value lies in two cells, the Q15 part and the remainder below it, so nothing
/// is lost.
public struct DropoutTracker: BitwiseCopyable, Sendable {
    private var coarse = MemoryCell()
    private var fine = MemoryCell()
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
            let bits = Int64(measurement.bits)
            let upper = Rounding.saturated16(Rounding.halfUp(bits, 13))
            write(upper, to: &coarse, gate: .open)
            write(
                Rounding.saturated16(bits &- (Int64(upper) &<< 13)), to: &fine, gate: .open)
            ageTicks = 0
            isKnown = true
        } else {
            write(0, to: &coarse, gate: .shut)
            write(0, to: &fine, gate: .shut)
            ageTicks = ageTicks &+ elapsedTicks < ageTicks ? .max : ageTicks &+ elapsedTicks
        }
        // Both cells hold a Q15 value in Q27: 12 bits above the candidate.
        let value = (Int64(coarse.value) &<< 1) &+ Int64(fine.value &>> 12)
        return Estimate(
            value: Q3_28(bits: Rounding.saturated32(value)), ageTicks: ageTicks,
            isKnown: isKnown)
    }

    private func write(_ candidate: Int16, to cell: inout MemoryCell, gate: Gate) {
        // A Q15 value lies well inside Q4.27: the cell cannot clip.
        _ = cell.update(candidate: candidate, input: gate, leak: gate, format: .q4_27)
    }
}
