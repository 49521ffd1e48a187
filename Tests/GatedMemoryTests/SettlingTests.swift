import CellReference
import FixedPoint
import GatedMemory
import Testing

@Suite("An average with 1-f = 1/4096 has no dead band")
struct SettlingTests {
    @Test(
        "it comes within one unit of its target from both sides and stays there",
        arguments: [15, 20, 27, 30], [0.3, -0.7, 0.000_1])
    func settles(fractionBits: Int, target: Double) throws {
        let format = try #require(CellFormat(fractionBits: fractionBits))
        let unit = Double(1 << fractionBits)
        let goal = Int32(target * unit)
        for start in [-1.0, 1.0] {
            let settling = Settling(from: Int32(start * unit), to: goal, format: format)
            #expect((try #require(settling)).distance <= 1)
        }
    }

    @Test("it leaves a target only one unit away, too", arguments: [-1, 1] as [Int32])
    func smallestStep(step: Int32) throws {
        let format = try #require(CellFormat(fractionBits: 15))
        let gate = Gate(clamping: (1 << 31) / 4_096)
        var cell = MemoryCell()
        // A plain rounding of step / 4096 would be zero for ever.
        for _ in 0..<40_000 {
            _ = cell.update(
                candidate: step << 16, input: gate, leak: gate, format: format)
        }
        #expect(cell.value == step)
    }
}
