import CellReference
import GatedMemory

/// A slow average on its way to 0.3.
enum SettlingBenchmark {
    static func measure() -> [Finding] {
        Progress.say("settling")
        return [15, 20, 27, 30].compactMap(CellFormat.init(fractionBits:)).map { format in
            let unit = Double(1 << format.fractionBits)
            let target = Int32(0.3 * unit)
            let runs = [-unit, unit].map { start in
                Settling(from: Int32(start), to: target, format: format)
            }
            let ticks = runs.map { Double($0?.ticks ?? -1) }
            let distance = runs.map { $0.map { Double($0.distance) } ?? .greatestFiniteMagnitude }
            return Finding(
                .settling, "\(format.fractionBits) fraction bits",
                [
                    Figure("ticks_from_below", ticks[0]), Figure("ticks_from_above", ticks[1]),
                    Figure("units_off_after", distance.max() ?? 0, limit: 1),
                ])
        }
    }
}
