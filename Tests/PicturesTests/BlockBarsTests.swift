import Pictures
import Testing

@Suite("A histogram on one line")
struct BlockBarsTests {
    @Test("the greatest count has the highest bar, one the lowest, none a blank")
    func heights() {
        #expect(BlockBars.text([1, 0, 128, 1 << 7 - 1]) == "▁ █▇")
        #expect(BlockBars.text([1, 2, 4, 8, 16, 32, 64, 128]) == "▁▂▃▄▅▆▇█")
        #expect(BlockBars.text([.max, 1]) == "█▁")
    }

    @Test("nothing counted is blank, and one count alone stands high")
    func few() {
        #expect(BlockBars.text([]) == "")
        #expect(BlockBars.text([0, 0]) == "  ")
        #expect(BlockBars.text([0, 1]) == " █")
    }
}
