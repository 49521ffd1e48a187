import CellReference
import FixedPoint
import GatedMemory
import Testing

@Suite("The arena")
struct ArenaTests {
    @Test("regions lie inside, are aligned to 16 bytes and never overlap")
    func layout() {
        TestArena.with(bytes: 4_096) { arena in
            let bytes = arena.carve(3, of: Int8.self)
            let halves = arena.carve(5, of: Int16.self)
            let none = arena.carve(0, of: Int32.self)
            let cells = arena.carve(7, of: MemoryCell.self)
            let last = arena.carve(1, of: Int32.self)
            let places = [
                place(of: bytes.span), place(of: halves.span), place(of: cells.span),
                place(of: last.span),
            ]
            #expect(none.count == 0)
            #expect(places.allSatisfy { $0.lowerBound.isMultiple(of: 16) })
            for (before, after) in zip(places, places.dropFirst()) {
                #expect(before.upperBound <= after.lowerBound)
            }
            #expect(places[3].upperBound - places[0].lowerBound == arena.used)
            #expect(arena.used <= 4_096)
        }
    }

    @Test("what is written into one region appears in no other")
    func separation() {
        TestArena.with(bytes: 256) { arena in
            var first = arena.carve(3, of: Int16.self)
            var second = arena.carve(3, of: Int32.self)
            for index in 0..<3 { first.set(index, to: -1) }
            #expect((0..<3).allSatisfy { second[$0] == 0 })
            for index in 0..<3 { second.set(index, to: Int32.min) }
            #expect((0..<3).allSatisfy { first[$0] == -1 })
        }
    }

    @Test("footprints are whole units of 16 bytes", arguments: [(0, 0), (1, 16), (8, 16), (9, 32)])
    func footprint(count: Int, bytes: Int) {
        #expect(Arena.footprint(count, of: Int16.self) == bytes)
    }

    @Test(
        "a network takes exactly its footprint", arguments: [1, 2, 7, 8, 16, 33, 64], [1, 5, 16])
    func networkFootprint(units: Int, inputs: Int) throws {
        for outputs in 1...4 {
            let shape = try #require(LSTMShape(inputs: inputs, units: units, outputs: outputs))
            let network = NetworkWeights(shape: shape, format: .q4_27)
            try TestArena.with(bytes: network.footprint + 160) { arena in
                let before = arena.available
                _ = try network.network(in: &arena)
                #expect(before - arena.available == network.footprint)
            }
        }
    }

    @Test("a region that does not fit is a programmer's error and stops the program")
    func overflow() async {
        await #expect(processExitsWith: .failure) {
            TestArena.with(bytes: 64) { arena in
                _ = arena.carve(65, of: Int8.self)
            }
        }
    }

    private func place<Element: BitwiseCopyable>(of span: Span<Element>) -> Range<Int> {
        unsafe span.withUnsafeBytes { bytes in
            let start = Int(bitPattern: bytes.baseAddress)
            return start..<(start + bytes.count)
        }
    }
}
