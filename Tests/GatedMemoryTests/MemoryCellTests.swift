import FixedPoint
import GatedMemory
import Testing

@Suite("The cell")
struct MemoryCellTests {
    @Test("a format has 15 to 30 fraction bits", arguments: [Int.min, -1, 14, 31, Int.max])
    func formats(fractionBits: Int) {
        #expect(CellFormat(fractionBits: fractionBits) == nil)
        #expect(CellFormat(fractionBits: 15) != nil)
        #expect(CellFormat(fractionBits: 30) == .q1_30)
    }

    @Test("it stops at its limits, forgets the residue and says so", arguments: [1, -1] as [Int32])
    func saturation(sign: Int32) {
        var cell = MemoryCell(value: sign * (Int32.max - 5), residue: 12_345)
        let fits = cell.update(
            candidate: sign * Int32.max, input: .open, leak: .shut, format: .q1_30)
        #expect(!fits)
        #expect(cell.value == sign * Int32.max)
        #expect(cell.residue == 0)
    }

    @Test("it leaves a limit at once when the candidate turns", arguments: [1, -1] as [Int32])
    func leavesLimit(sign: Int32) {
        var cell = MemoryCell(value: sign * Int32.max)
        let fits = cell.update(
            candidate: -sign * Int32.max, input: .open, leak: .shut, format: .q4_27)
        #expect(fits)
        #expect(cell.value == sign * (Int32.max - 1 << 27))
    }

    @Test("reaching a limit exactly is no saturation")
    func exactLimit() {
        var cell = MemoryCell(value: Int32.max - 1 << 27)
        let fits = cell.update(candidate: Int32.max, input: .open, leak: .shut, format: .q4_27)
        #expect(fits)
        #expect(cell.value == Int32.max)
    }

    @Test("open gates take the candidate whatever the cell held", arguments: 15...30)
    func overwrite(fractionBits: Int) throws {
        let format = try #require(CellFormat(fractionBits: fractionBits))
        for held in [Int32.max, -Int32.max, 0, 77] {
            var cell = MemoryCell(value: held)
            let value: Int32 = -12_345
            let fits = cell.update(
                candidate: value << Int32(31 - fractionBits), input: .open, leak: .open,
                format: format)
            #expect(fits)
            #expect(cell.value == value)
            #expect(cell.residue == 0)
        }
    }

    @Test("an integrator of tiny candidates loses nothing of them")
    func tinyCandidates() {
        // 2^-31 a tick in a cell of 15 fraction bits: a unit after 65,536 ticks, exactly.
        var cell = MemoryCell()
        let format = CellFormat(fractionBits: 15) ?? .q1_30
        for _ in 0..<65_536 {
            _ = cell.update(
                candidate: 1 << 15, input: Gate(clamping: 1 << 16), leak: .shut, format: format)
        }
        #expect(cell.value == 1)
    }

    @Test("it equals its definition in wide integers on random and extreme values")
    func definition() throws {
        var random = SplitMix64(seed: 61)
        let ends: [Int32] = [Int32.max, -Int32.max, 0, 1, -1]
        func draw() -> Int32 {
            if random.uniform(0...3) == 0 { return ends[random.uniform(0...4)] }
            return Int32(truncatingIfNeeded: random.uniform(-Int(Int32.max)...Int(Int32.max)))
        }
        func gate() -> Gate {
            Gate(
                clamping: Int64(random.uniform(-2...(1 << 31) + 2)) >> Int64(random.uniform(0...31))
            )
        }
        for _ in 0..<20_000 {
            let bits = random.uniform(15...30)
            let format = try #require(CellFormat(fractionBits: bits))
            let residue = Int32(random.uniform(-(1 << 30)...(1 << 30) - 1))
            let start = MemoryCell(value: draw(), residue: residue)
            let (candidate, input, leak) = (draw(), gate(), gate())
            let product = Int128(input.bits) * Int128(candidate)
            let shift = 31 - bits
            let written = (product + (Int128(1) << (shift - 1))) >> shift
            let sum = written - Int128(start.value) * Int128(leak.bits) + Int128(residue)
            let change = (sum + (1 << 30)) >> 31
            let next = Int128(start.value) + change
            let clips = abs(next) > Int128(Int32.max)
            var cell = start
            let fits = cell.update(
                candidate: candidate, input: input, leak: leak, format: format)
            #expect(fits == !clips)
            #expect(Int128(cell.residue) == (clips ? 0 : sum - change << 31))
            if !clips { #expect(Int128(cell.value) == next) }
        }
    }
}
