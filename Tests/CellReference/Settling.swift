import FixedPoint
public import GatedMemory

/// An average with tied gates, `i = 1 - f = 1/4096`, on its way to a constant.
public struct Settling: Sendable {
    static let gate = Gate(clamping: (1 << 31) / 4_096)

    /// Ticks until the value is within one unit of its target.
    public let ticks: Int
    /// The largest distance from the target afterwards, in units, over 20,000 ticks.
    public let distance: Int

    /// From a start to the target, both in units of a cell's format.
    ///
    /// `nil` when the value is not within a unit after 40 time constants: a dead band.
    /// - Precondition: the target lies within -1 ... 1.
    public init?(from start: Int32, to target: Int32, format: CellFormat) {
        let scaled = Int64(target) << Int64(31 - format.fractionBits)
        let candidate = Rounding.saturated32(scaled)
        var cell = MemoryCell(value: start)
        var ticks = 0
        while Self.distance(cell, target) > 1 {
            guard ticks < 40 * 4_096 else { return nil }
            _ = cell.update(
                candidate: candidate, input: Self.gate, leak: Self.gate, format: format)
            ticks += 1
        }
        var worst = 0
        for _ in 0..<20_000 {
            _ = cell.update(
                candidate: candidate, input: Self.gate, leak: Self.gate, format: format)
            worst = max(worst, Self.distance(cell, target))
        }
        self.ticks = ticks
        distance = worst
    }

    private static func distance(_ cell: MemoryCell, _ target: Int32) -> Int {
        abs(Int(cell.value) - Int(target))
    }
}
