import CellReference
import FixedPoint
import GatedMemory
import Testing

@Suite("A cell keeps what it holds")
struct RetentionTests {
    static let ticks = 10_000
    /// Relative to the exact power of the gate, by `1 - f`.
    static let limits = [5e-4: 1e-5, 1e-4: 1e-4, 1e-5: 1e-4, 1e-6: 1e-4]

    @Test("under a pinned gate for 10,000 ticks", arguments: limits)
    func pinned(leak: Double, limit: Double) {
        #expect(Retention.pinnedError(leak: leak, ticks: Self.ticks) <= limit)
    }

    @Test("under a gate that the sigmoid makes of logit(f)")
    func sigmoid() throws {
        let errors = try Retention.sigmoidErrors(ticks: Self.ticks)
        #expect(errors.count == Retention.leaks.count)
        for (leak, error) in zip(Retention.leaks, errors) {
            #expect(error <= Self.limits[leak, default: 0])
        }
    }

    @Test(
        "bit for bit under a gate of exactly one: a million ticks, in a debug build 50,000",
        arguments: [Int32.max, -Int32.max, 1, -1, 0, 123_456_789], [0, 1 << 30 - 1, -(1 << 30)])
    func hold(value: Int32, residue: Int32) {
        #if DEBUG
            let ticks = 50_000
        #else
            let ticks = 1_000_000
        #endif
        let start = MemoryCell(value: value, residue: residue)
        var cell = start
        Retention.hold(&cell, input: .shut, leak: .shut, ticks: ticks)
        #expect(cell.value == start.value)
        #expect(cell.residue == start.residue)
    }

    @Test("a gate one unit of Q31 from one is not a hold")
    func almostOpen() {
        var cell = MemoryCell(value: 1 << 30)
        Retention.hold(&cell, input: .shut, leak: Gate(clamping: 1), ticks: 10)
        #expect(cell.value < 1 << 30)
    }
}
