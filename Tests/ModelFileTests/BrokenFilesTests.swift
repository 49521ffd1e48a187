import FixedPoint
import Foundation
import ModelFile
import Testing

/// Files broken at random: each must give an error, never a trap and never another model.
@Suite("Broken model files")
struct BrokenFilesTests {
    private static let seed: UInt64 = 0xB0_7E57

    private let content: Data
    private let model: Model

    init() throws {
        model = try SmallModel.pid()
        content = try SmallModel.content()
    }

    private func isRefused(_ broken: Data) -> Bool {
        do {
            _ = try ModelReader.parse(broken)
            return false
        } catch {
            return true
        }
    }

    @Test("cut at any length")
    func truncations() {
        let lengths = Array(0..<64) + stride(from: 64, to: content.count, by: 7)
        let accepted = lengths.filter { !isRefused(content.prefix($0)) }
        #expect(accepted == [])
        #expect(lengths.count > 250)
    }

    @Test("with bytes behind the last")
    func trailing() {
        for extra in [1, 8, 4_096] {
            #expect(isRefused(content + Data(count: extra)))
        }
    }

    @Test("with any single bit flipped")
    func flips() {
        var random = SplitMix64(seed: Self.seed)
        #if DEBUG
            let stride = 16
        #else
            let stride = 1
        #endif
        var accepted: [Int] = []
        var bit = random.uniform(0...stride - 1)
        while bit < content.count * 8 {
            var broken = content
            broken[bit / 8] ^= 1 << (bit % 8)
            if !isRefused(broken) { accepted.append(bit) }
            bit += 1 + random.uniform(0...2 * stride - 2)
        }
        #expect(accepted == [], "seed \(Self.seed)")
    }

    @Test("with a random stretch overwritten, doubled or cut out")
    func stretches() {
        var random = SplitMix64(seed: Self.seed)
        for round in 0..<300 {
            let start = random.uniform(0...content.count - 1)
            let end = min(content.count, start + 1 + random.uniform(0...63))
            var broken = content
            switch round % 3 {
            case 0:
                let noise = (start..<end).map { _ in UInt8(truncatingIfNeeded: random.next()) }
                broken.replaceSubrange(start..<end, with: noise)
            case 1: broken.insert(contentsOf: content[start..<end], at: start)
            default: broken.removeSubrange(start..<end)
            }
            guard broken != content else { continue }
            #expect(isRefused(broken), "seed \(Self.seed) round \(round)")
        }
    }

    @Test(
        "sealed again after random changes of the tensors: an error, or a model with its own hash")
    func sealedNoise() throws {
        var random = SplitMix64(seed: Self.seed)
        for round in 0..<200 {
            var file = try BrokenFile(content)
            for _ in 0...random.uniform(0...3) {
                let index = file.payload.startIndex + random.uniform(0...file.payload.count - 1)
                file.payload[index] = UInt8(truncatingIfNeeded: random.next())
            }
            // Features and gates are no part of the trace, nor are bits of a bias that no gate can
            // resolve: a file that changes only those and says so is another model.
            guard let read = try? ModelReader.parse(file.content()) else { continue }
            #expect(read == model || read.hash != model.hash, "seed \(Self.seed) round \(round)")
        }
    }
}
