import CellReference
import FixedPoint
import GatedMemory
import Testing

@Suite("The delay line")
struct DelayLineTests {
    /// The largest value of Q30 below 1.
    static let limit: Int32 = (1 << 30) - 1

    @Test("what goes in comes out exactly, its length in ticks later", arguments: [1, 2, 7, 1_000])
    func exactness(length: Int) {
        let bytes = Arena.footprint(length, of: MemoryCell.self)
        TestArena.with(bytes: bytes) { arena in
            var line = DelayLine(length: length, arena: &arena)
            #expect(line.length == length)
            var random = SplitMix64(seed: 71)
            let values = (0..<3 * length + 5).map { _ in
                Int32(random.uniform(-Int(Self.limit)...Int(Self.limit)))
            }
            for (tick, value) in values.enumerated() {
                let expected = tick < length ? 0 : values[tick - length]
                #expect(line.update(value) == expected)
            }
        }
    }

    @Test("values at and beyond the range come out clipped to it")
    func ends() {
        TestArena.with(bytes: 64) { arena in
            var line = DelayLine(length: 1, arena: &arena)
            let values = [Int32.max, Int32.min, 1 << 30, -(1 << 30), Self.limit, -Self.limit]
            var found = values.map { line.update($0) }
            found.append(line.update(0))
            let limits = [
                Self.limit, -Self.limit, Self.limit, -Self.limit, Self.limit, -Self.limit,
            ]
            #expect(found.dropFirst() == limits[...])
        }
    }
}
