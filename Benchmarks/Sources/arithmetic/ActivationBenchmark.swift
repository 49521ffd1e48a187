import CellReference
import FixedPoint

/// Sigmoid and tanh: all 2^32 arguments; in the short form every 4,099th magnitude with both signs.
enum ActivationBenchmark {
    private static let ulpLimit = 0.55

    static func measure(isShort: Bool) -> [Finding] {
        var table = [Int32](repeating: 0, count: ActivationTable.count)
        var span = table.mutableSpan
        let isIntact = ActivationTable.write(into: &span)
        var sweep = ActivationSweep()
        let spacing = isShort ? 4_099 : 1
        let parts: Int64 = 16
        let part = (Int64(1) << 31) / parts
        var next: Int64 = 0
        for index in 0..<parts {
            let end = (index + 1) * part - 1
            guard next <= end else { continue }
            sweep.sweep(next...end, by: spacing, table: table.span)
            next += ((end - next) / Int64(spacing) + 1) * Int64(spacing)
            Progress.say("activations: \(index + 1) of \(parts)")
        }
        sweep.sweepMostNegative(table: table.span)
        return findings(sweep, isIntact: isIntact)
    }

    private static func findings(_ sweep: ActivationSweep, isIntact: Bool) -> [Finding] {
        [
            Finding(
                .activations, "sigmoid",
                [
                    Figure("ulp_q15", sweep.sigmoid15, limit: ulpLimit),
                    Figure("ulp_q31_within_16", sweep.sigmoid31),
                    Figure("relative_of_small", sweep.sigmoidRelative, limit: 3e-7),
                ]),
            Finding(
                .activations, "tanh",
                [
                    Figure("ulp_q15", sweep.tanh15, limit: ulpLimit),
                    Figure("ulp_q31_within_8", sweep.tanh31),
                ]),
            Finding(
                .activations, "both",
                [
                    Figure("arguments", Double(sweep.arguments)),
                    Figure("falls", Double(sweep.falls), limit: 0),
                    Figure("asymmetries", Double(sweep.asymmetries), limit: 0),
                    Figure("ends_not_exact", Double(sweep.openEnds), limit: 0),
                    Figure("table_damaged", isIntact ? 0 : 1, limit: 0),
                ]),
        ]
    }
}
