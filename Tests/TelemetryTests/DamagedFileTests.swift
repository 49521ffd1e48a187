import Control
import FixedPoint
import Telemetry
import Testing

@Suite("Damage is reported, never read")
struct DamagedFileTests {
    private static let ticks = Samples.ticks(34)

    /// The ticks in four chunks.
    private static func sample() throws -> [UInt8] {
        var options = RecorderOptions(maxFileBytes: .max)
        options.chunkAgeNanoseconds = Samples.second / 2
        return try Samples.file(ticks, options: options)
    }

    @Test("no flipped bit goes unnoticed or alters a tick", arguments: [11, 12] as [UInt64])
    func flippedBits(seed: UInt64) throws {
        let sound = try Self.sample()
        var generator = SplitMix64(seed: seed)
        for _ in 0..<1_000 {
            var bytes = sound
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            if position < 8 {
                #expect(throws: RecordFault.notARecord) { try RecordFile(bytes: bytes) }
                continue
            }
            let stopped = try RecordFile(bytes: bytes)
            let isPrefix = stopped.ticks == Array(Self.ticks.prefix(stopped.ticks.count))
            #expect(isPrefix, "seed \(seed), byte \(position)")
            let isNoticed = !stopped.damages.isEmpty || stopped.tail != .complete
            #expect(isNoticed, "seed \(seed), byte \(position)")

            let skipped = try RecordFile(bytes: bytes, policy: .skip)
            let isPart = skipped.ticks.allSatisfy { Self.ticks.contains($0) }
            #expect(isPart, "seed \(seed), byte \(position)")
            #expect(skipped.ticks.count >= stopped.ticks.count)
        }
    }

    @Test("bytes of chance behind a good head never trap", arguments: [21, 22] as [UInt64])
    func garbage(seed: UInt64) throws {
        let sound = try Self.sample()
        var generator = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let kept = Int.random(in: 8..<sound.count, using: &generator)
            var bytes = Array(sound.prefix(kept))
            for _ in 0..<Int.random(in: 1..<400, using: &generator) {
                bytes.append(UInt8.random(in: .min ... .max, using: &generator))
            }
            // Lengths near the limits of their types are what arithmetic traps on.
            if bytes.count > kept + 9 {
                bytes[kept] = UInt8.random(in: 1...15, using: &generator)
                let top: UInt8 = Bool.random(using: &generator) ? 0xFF : 0
                for index in 2..<9 { bytes[kept + index] = top }
            }
            let file = try RecordFile(bytes: bytes, policy: .skip)
            let isPart = file.ticks.count <= Self.ticks.count
            #expect(isPart, "seed \(seed)")
            #expect(file.tail != .complete)
        }
    }

    @Test("behind a damaged chunk a reader stops, or goes on when told to")
    func damagedChunk() throws {
        var bytes = try Self.sample()
        let sound = try RecordFile(bytes: bytes)
        let chunk = try #require(Self.positions(ofOpcode: 0x06, in: bytes).dropFirst().first)
        bytes[chunk + 100] ^= 1

        let stopped = try RecordFile(bytes: bytes)
        let cause = RecordDamage(cause: .chunkChecksum, position: UInt64(chunk))
        #expect(stopped.damages == [cause])
        #expect(stopped.ticks == Array(sound.ticks.prefix(stopped.ticks.count)))
        #expect(
            stopped.tail
                == .torn(atByte: UInt64(chunk), lostBytes: UInt64(bytes.count - chunk)))

        let skipped = try RecordFile(bytes: bytes, policy: .skip)
        #expect(skipped.damages.first == cause)
        #expect(skipped.damages.contains { $0.cause == .fileChecksum })
        #expect(skipped.ticks.last == sound.ticks.last)
        #expect(skipped.ticks.count < sound.ticks.count)
        #expect(skipped.ticks.count > stopped.ticks.count)
    }

    @Test("a chunk cut out of the middle is missed")
    func missingChunk() throws {
        let bytes = try Self.sample()
        let chunks = Self.positions(ofOpcode: 0x06, in: bytes)
        let file = try RecordFile(bytes: Array(bytes[..<chunks[1]] + bytes[chunks[2]...]))
        #expect(file.damages.map(\.cause) == [.missingTicks])
        #expect(file.ticks == Array(Self.ticks.prefix(file.ticks.count)))
    }

    @Test("an altered configuration makes the record foreign")
    func alteredHead() throws {
        var bytes = try Self.sample()
        let metadata = try #require(Self.positions(ofOpcode: 0x0C, in: bytes).first)
        let text = Array("schema = 1".utf8)
        let found = try #require(
            (metadata..<bytes.count).first { Array(bytes[$0...].prefix(text.count)) == text })
        bytes[found + text.count - 1] = UInt8(ascii: "2")
        let file = try RecordFile(bytes: bytes, policy: .skip)
        #expect(file.run == nil)
        #expect(file.ticks.isEmpty)
        #expect(file.damages.map(\.cause) == [.foreign])
    }

    @Test("another kind of file is refused", arguments: ["GIF89a..............", "\u{89}PNG", "x"])
    func otherFormat(text: String) {
        #expect(throws: RecordFault.notARecord) {
            try RecordFile(bytes: Array(text.utf8))
        }
    }

    @Test("a missing file is a fault with its path")
    func missingFile() {
        #expect(throws: RecordFault.self) { try RecordFile(path: "/nonexistent/x.mcap") }
    }

    /// Where the records of a kind stand in a sound file.
    private static func positions(ofOpcode opcode: UInt8, in bytes: [UInt8]) -> [Int] {
        var found: [Int] = []
        var position = 8
        while position + 9 <= bytes.count - 8 {
            if bytes[position] == opcode { found.append(position) }
            var length = 0
            for index in 0..<8 { length |= Int(bytes[position + 1 + index]) << (8 * index) }
            position += 9 + length
        }
        return found
    }
}
