import Control
import Synchronization
import Telemetry
import Testing

@Suite("A file that ends anywhere is read up to its last whole chunk")
struct TornFileTests {
    /// Three chunks: ticks of both loops, ten a second each, for more than a second.
    private static let ticks = Samples.ticks(26)

    private static func sample() throws -> [UInt8] {
        var options = RecorderOptions(maxFileBytes: .max)
        options.chunkAgeNanoseconds = Samples.second / 2
        return try Samples.file(ticks, options: options)
    }

    /// For each chunk, where it ends in the file and how many ticks stand up to there.
    private static func chunkEnds(_ bytes: [UInt8]) -> [(end: Int, ticks: Int)] {
        var ends: [(end: Int, ticks: Int)] = []
        var position = 8
        var ticks = 0
        while position + 9 <= bytes.count - 8 {
            var length = 0
            for index in 0..<8 { length |= Int(bytes[position + 1 + index]) << (8 * index) }
            let next = position + 9 + length
            if bytes[position] == 0x06 {
                var inner = position + 9 + 40
                while inner < next {
                    var innerLength = 0
                    for index in 0..<8 {
                        innerLength |= Int(bytes[inner + 1 + index]) << (8 * index)
                    }
                    inner += 9 + innerLength
                    ticks += 1
                }
                ends.append((next, ticks))
            }
            position = next
        }
        return ends
    }

    @Test("cut at every byte, the chunks before the cut are whole and the tail is torn")
    func everyCut() throws {
        let bytes = try Self.sample()
        let ends = Self.chunkEnds(bytes)
        try #require(ends.count == 3)
        try #require(ends.last?.ticks == Self.ticks.count)
        for cut in 0..<bytes.count {
            let file = try RecordFile(bytes: Array(bytes.prefix(cut)))
            let whole = ends.last { $0.end <= cut }?.ticks ?? 0
            let isAsWritten = file.ticks == Array(Self.ticks.prefix(whole))
            #expect(isAsWritten, "cut at \(cut)")
            #expect(file.damages.isEmpty, "cut at \(cut)")
            guard case .torn(let position, let lost) = file.tail else {
                Issue.record("cut at \(cut): the tail is said to be complete")
                continue
            }
            #expect(position + lost == UInt64(cut))
            #expect(position >= UInt64(ends.last { $0.end <= cut }?.end ?? 0))
        }
        #expect(try RecordFile(bytes: bytes).tail == .complete)
    }

    @Test("a tail of zeros, left by a loss of power, is torn and not damage")
    func zeroTail() throws {
        let bytes = try Self.sample()
        let ends = Self.chunkEnds(bytes)
        let kept = ends[1].end
        // Behind the chunk stand its two message indexes; they are cut away with the rest.
        let file = try RecordFile(
            bytes: Array(bytes.prefix(kept)) + Array(repeating: 0, count: 5_000))
        #expect(file.tail == .torn(atByte: UInt64(kept), lostBytes: 5_000))
        #expect(file.damages.isEmpty)
        #expect(file.ticks.count == ends[1].ticks)
    }

    @Test("bytes behind the end of a closed file are reported")
    func trailing() throws {
        let bytes = try Self.sample()
        let file = try RecordFile(bytes: bytes + [1, 2, 3])
        #expect(file.tail == .torn(atByte: UInt64(bytes.count), lostBytes: 3))
    }

    /// A source that shows ever more of a file.
    private final class GrowingSource: ByteSource {
        let bytes: [UInt8]
        let visible = Mutex(0)

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        func size() -> UInt64 {
            UInt64(visible.withLock { $0 })
        }

        func read(at offset: UInt64, count: Int) -> [UInt8] {
            MemorySource(Array(bytes.prefix(visible.withLock { $0 }))).read(
                at: offset, count: count)
        }
    }

    @Test("a reader follows a growing file and delivers each tick once", arguments: [1, 13, 997])
    func follow(step: Int) throws {
        let source = GrowingSource(try Self.sample())
        var reader = RecordReader(source: source)
        var items: [RecordItem] = []
        for size in stride(from: 0, through: source.bytes.count + step, by: step) {
            source.visible.withLock { $0 = min(size, source.bytes.count) }
            while let item = try reader.next() { items.append(item) }
        }
        #expect(items == Self.ticks.map { RecordItem.tick($0) })
        #expect(try reader.tail() == .complete)
        #expect(reader.run == Samples.run)
    }
}
