import Configuration
import Testing

/// Configurations that no person writes: each must give a value or an error, never a trap.
@Suite("broken configurations")
struct RobustnessTests {
    private static let bytes = Array(Base.text.utf8)

    /// True when the bytes are accepted; the error must say something about this file.
    private func isAccepted(_ bytes: [UInt8]) -> Bool {
        do throws(ConfigurationError) {
            _ = try parse(bytes: bytes, path: "broken.toml")
            return true
        } catch {
            #expect(!error.problems.isEmpty)
            #expect(error.problems.count <= ConfigurationError.problemLimit)
            #expect(error.description.hasPrefix("broken.toml:"))
            return false
        }
    }

    @Test("a file cut at any byte gives an error until its last table is whole")
    func truncations() {
        var accepted: [Int] = []
        for length in 0...Self.bytes.count where isAccepted(Array(Self.bytes.prefix(length))) {
            accepted.append(length)
        }
        // The last table is optional: the file is whole before it, behind its header and at its end.
        let firstValid = Base.text.firstRange(of: "\n[record]").map {
            Base.text[..<$0.lowerBound].utf8.count
        }
        #expect(accepted.first == firstValid)
        #expect(accepted.last == Self.bytes.count)
        #expect(accepted.count < 10)
    }

    @Test("a flipped bit anywhere gives an error or a value")
    func bitFlips() {
        var refused = 0
        for index in Self.bytes.indices {
            var bytes = Self.bytes
            bytes[index] ^= 1 << UInt8(index % 8)
            if !isAccepted(bytes) { refused += 1 }
        }
        #expect(refused > Self.bytes.count / 2)
    }

    @Test(
        "random bytes put anywhere give an error or a value",
        arguments: 1...8 as ClosedRange<UInt64>)
    func randomBytes(seed: UInt64) {
        var state = seed
        for _ in 0..<200 {
            var bytes = Self.bytes
            for _ in 0..<4 {
                // A linear congruential generator (Knuth, MMIX): the same bytes on every machine.
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let index = Int(clamping: state >> 33) % bytes.count
                bytes[index] = UInt8(truncatingIfNeeded: state >> 20)
            }
            _ = isAccepted(bytes)
        }
    }

    @Test(
        "a value of another type gives an error at every key",
        arguments: [
            "true", "-9223372036854775808", "9223372036854775807", "1e308", "-1e308", "nan", "inf",
            "\"\"", "[]", "[[], [[]]]", "{}", "{ a = { b = 1 } }", "1979-05-27T07:32:00Z",
            "\"1e999 C\"", "\"-1e999 %\"", "\"nan C\"", "\"0x10 C\"", "[\"1e999 C\", \"2 C\"]",
        ])
    func wrongTypes(_ value: String) {
        let lines = Base.text.split(separator: "\n")
        for (index, line) in lines.enumerated() {
            guard let equals = line.firstRange(of: " = ") else { continue }
            var changed = lines.map(String.init)
            changed[index] = line[..<equals.lowerBound] + " = " + value
            let isAccepted = isAccepted(Array(changed.joined(separator: "\n").utf8))
            // A path may be any text, and a plant may have no parameters.
            let isText = value.hasPrefix("\"") && value != "\"\""
            let mayFit =
                ["model", "path"].contains(line[..<equals.lowerBound]) && isText
                || line.hasPrefix("parameters") && value == "{}"
            #expect(isAccepted == mayFit, "\(changed[index])")
        }
    }

    @Test("a line that is missing or there twice gives an error or a value")
    func lines() {
        let lines = Base.text.split(separator: "\n").map(String.init)
        for index in lines.indices {
            var missing = lines
            missing.remove(at: index)
            _ = isAccepted(Array(missing.joined(separator: "\n").utf8))
            var doubled = lines
            doubled.insert(lines[index], at: index)
            #expect(!isAccepted(Array(doubled.joined(separator: "\n").utf8)))
        }
    }

    @Test("bytes that are not UTF-8 are refused with their place")
    func invalidUTF8() throws {
        for byte in [0x80, 0xC0, 0xFF] as [UInt8] {
            let bytes = Array("schema = 1\nname = \"".utf8) + [byte] + Array("\"\n".utf8)
            let error = try #require(throws: ConfigurationError.self) {
                try parse(bytes: bytes, path: "broken.toml")
            }
            #expect(error.problems.first?.position?.line == 2)
        }
    }

    @Test(
        "what is nested too deeply or too long is refused",
        arguments: [
            String(repeating: "a.", count: 400_000) + "a = 1",
            "[" + String(repeating: "a.", count: 400_000) + "a]",
            "a = " + String(repeating: "[", count: 900_000),
            "a = " + String(repeating: "{a=", count: 300_000),
            String(repeating: "a.", count: 20) + "a = 1",
            "a = \"" + String(repeating: "x", count: 2_000_000) + "\"",
            String(repeating: "[[loop]]\n", count: 100_000),
            String(repeating: "[[loop.profile]]\n", count: 60_000),
            "name = \"" + String(repeating: "e\u{301}", count: 100_000) + "\"",
            String(repeating: "k", count: 1_000_000) + " = 1",
            "period_ms = " + String(repeating: "9", count: 1_000_000),
            "period_ms = 0." + String(repeating: "9", count: 1_000_000),
        ])
    func hugeSizes(_ text: String) {
        #expect(!isAccepted(Array(text.utf8)))
    }
}
