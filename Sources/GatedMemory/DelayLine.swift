import FixedPoint

/// A first-in first-out line of gated cells: what went in comes out `length` ticks later, exact.
///
/// A write gate walks along the cells: the addressed cell takes the new value (i = 1-f = 1), all
/// others hold (i = 1-f = 0). A held cell is bit-identical for ever, so nothing fades.
public struct DelayLine: ~Copyable {
    private var cells: Region<MemoryCell>
    private var next = 0

    public var length: Int { cells.count }

    /// A line of `length` zeros.
    ///
    /// - Precondition: `length > 0`.
    public init(length: Int, arena: inout Arena) {
        precondition(length > 0)
        cells = arena.carve(length, of: MemoryCell.self)
    }

    /// Puts a Q15 value in and returns the one put in `length` ticks ago.
    public mutating func update(_ value: Int16) -> Int16 {
        let format = CellFormat.q4_27
        var cell = cells[next]
        let delayed = Int16(truncatingIfNeeded: cell.value &>> 12)
        let legal = value == Int16.min ? -32_767 : value
        // A Q15 value lies well inside Q4.27: the cell cannot clip.
        _ = cell.update(candidate: legal, input: .open, leak: .open, format: format)
        cells.set(next, to: cell)
        next = next + 1 == cells.count ? 0 : next + 1
        return delayed
    }
}
