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

    /// Puts a Q30 value in (-1 ... 1, its ends clipped by one unit) and returns the one put in
    /// `length` ticks ago.
    public mutating func update(_ value: Int32) -> Int32 {
        var cell = cells[next]
        let delayed = cell.value
        let limit: Int32 = (1 << 30) - 1
        let legal = value > limit ? limit : (value < -limit ? -limit : value)
        // The candidate is Q31, the cell Q30: it takes the value exactly and cannot clip.
        _ = cell.update(candidate: legal &<< 1, input: .open, leak: .open, format: .q1_30)
        cells.set(next, to: cell)
        next = next + 1 == cells.count ? 0 : next + 1
        return delayed
    }
}
