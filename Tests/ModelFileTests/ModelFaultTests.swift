import Control
import FixedPoint
import Foundation
import GatedMemory
import ModelFile
import Testing

@Suite("Each fault of a model file")
struct ModelFaultTests {
    private func file() throws -> BrokenFile {
        try BrokenFile(SmallModel.content())
    }

    /// The fault of a file, and that it says something.
    private func fault(_ content: Data) -> ModelFault? {
        do {
            _ = try ModelReader.parse(content)
            return nil
        } catch {
            #expect(!error.description.isEmpty)
            return error
        }
    }

    private func fault(_ change: (inout BrokenFile) -> Void) throws -> ModelFault? {
        var file = try file()
        change(&file)
        return try fault(file.content())
    }

    @Test("none, for a file that was only taken apart and sealed again")
    func none() throws {
        #expect(try fault { _ in } == nil)
    }

    @Test("a path that leads nowhere")
    func unreadable() throws {
        for path in ["/nowhere/at/all", "", "/dev/null/x"] {
            #expect(throws: ModelFault.self) { try ModelReader.read(path: path) }
        }
    }

    @Test("a directory, a device and a pipe, which is not waited for")
    func noRegularFile() throws {
        let pipe = FileManager.default.temporaryDirectory
            .appendingPathComponent("flyball-pipe-\(UUID().uuidString)").path
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        defer { _ = unsafe unlink(pipe) }
        for path in ["/", "/dev/null", "/dev/zero", pipe] {
            let expected = ModelFault.unreadable(path: path, reason: "no regular file")
            #expect(throws: expected) { try ModelReader.read(path: path) }
        }
    }

    @Test("an empty file")
    func empty() throws {
        #expect(throws: ModelFault.truncated(found: 0, needed: 8)) {
            try ModelReader.parse(Data())
        }
    }

    @Test("a file beyond the limit is not read to its end")
    func tooLarge() throws {
        let limit = ModelReader.byteLimit
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("flyball-large-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(count: 10 << 20).write(to: URL(fileURLWithPath: path))
        #expect(throws: ModelFault.tooLarge(found: limit + 1, limit: limit)) {
            try ModelReader.read(path: path)
        }
    }

    @Test("a file that ends before its header or its tensors")
    func truncated() throws {
        let content = try file().content()
        #expect(fault(content.prefix(5)) == .truncated(found: 5, needed: 8))
        guard case .truncated = fault(content.prefix(100)) else {
            Issue.record("a cut header gives \(String(describing: fault(content.prefix(100))))")
            return
        }
        guard case .truncated = fault(content.dropLast()) else {
            Issue.record("a cut tensor gives \(String(describing: fault(content.dropLast())))")
            return
        }
    }

    @Test("a header that is none")
    func malformedHeader() throws {
        let payload = try file().payload
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        let nested =
            String(repeating: #"{"a":"#, count: 50_000) + "1"
            + String(repeating: "}", count: 50_000)
        let headers = [
            "", "x", "null", "[]", "{}", "NaN", "{\"__metadata__\":1}",
            "{\"__metadata__\":{\"a\":1}}",
            deep, nested, "{\"__metadata__\":{},\"__metadata__\":{}}", "\u{FEFF}{}", "{\"a\":",
        ]
        for header in headers {
            let found = fault(BrokenFile.framed(Data(header.utf8), payload))
            #expect(found != nil, "\(header.prefix(40))")
        }
        let notText = Data([0xFF, 0xFE, 0x00, 0xD8])
        #expect(fault(BrokenFile.framed(notText, payload)) != nil)
    }

    @Test("a header longer than the file, up to the largest number")
    func hugeHeader() throws {
        let content = try file().content()
        for length in [1 << 20, (1 << 20) + 1, 1 << 32, Int.max, -1, Int.min] {
            var huge = content
            for byte in 0..<8 { huge[byte] = UInt8(truncatingIfNeeded: length >> (8 * byte)) }
            #expect(fault(huge) != nil)
        }
    }

    @Test("tensors that overlap, leave a gap, run backwards or beyond the file")
    func offsets() throws {
        for offsets in [
            [0, 4], [4, 48], [8, 52], [48, 0], [-4, 44], [0, .max], [.max, .max], [0, 1 << 40],
        ] {
            #expect(try fault { $0["lstm.bias"]["data_offsets"] = offsets } != nil)
        }
        let wrong: [Any] = [
            [0], [0, 48, 96], ["0", "48"], "0,48", [0.5, 48], [0, 1e300], NSNull(), [true, 48],
        ]
        for value in wrong {
            #expect(try fault { $0["lstm.bias"]["data_offsets"] = value } != nil)
        }
        // Two names for the same bytes.
        #expect(try fault { $0["again"] = $0["lstm.bias"] } != nil)
    }

    @Test("a tensor that is missing, or of another type or shape")
    func tensors() throws {
        let names = try file().header.keys.filter { $0 != "__metadata__" }
        #expect(names.count == 13)
        for name in names {
            #expect(try fault { $0.header[name] = nil } != nil)
            #expect(try fault { $0[name]["dtype"] = "F32" } != nil)
            #expect(try fault { $0[name]["dtype"] = 7 } != nil)
            for shape in [[], [0], [1, 1, 1], [65_537], [-1], [Int.max, Int.max], [5]] {
                #expect(try fault { $0[name]["shape"] = shape } != nil)
            }
        }
        #expect(
            try fault { $0["lstm.weight"]["dtype"] = "U16" }
                == .wrongType(tensor: "lstm.weight", found: "U16", expected: "I16"))
        #expect(
            try fault { $0["lstm.weight"]["shape"] = [4, 8] }
                == .wrongShape(tensor: "lstm.weight", found: [4, 8], expected: [8, 4]))
    }

    @Test("metadata that is missing")
    func missingMetadata() throws {
        for key in try file().metadata.keys where key != "sha256" {
            // The whole trace is for the check of a person, not of each start.
            let expected: ModelFault? =
                key == "golden_crc32_10000" ? nil : .missing("metadata \(key)")
            #expect(try fault { $0.metadata[key] = nil } == expected)
        }
        var unsealed = try file()
        unsealed.metadata["sha256"] = nil
        #expect(try fault(unsealed.content(sealed: false)) == .missing("metadata sha256"))
    }

    @Test(
        "metadata with another meaning",
        arguments: [
            ("format", "other"), ("version", "1"), ("gate_order", "input,output,forget,candidate"),
            ("cell_fraction_bits", "14"), ("cell_fraction_bits", "31"),
            ("cell_fraction_bits", "27.0"), ("cell_fraction_bits", "99999999999999999999"),
            ("period_s", "nan"), ("period_s", "inf"), ("period_s", "-inf"), ("period_s", "0"),
            ("period_s", "-1"), ("period_s", "1e999"), ("period_s", "0x"), ("period_s", ""),
            ("golden_crc32_256", "-1"), ("golden_crc32_256", "4294967296"),
            ("golden_crc32_256", "NaN"),
        ])
    func illegalMetadata(key: String, value: String) throws {
        guard case .illegalValue(key, value, _) = try fault({ $0.metadata[key] = value }) else {
            Issue.record("\(key) = \(value) is not refused for itself")
            return
        }
    }

    @Test("integers outside what the arithmetic can run")
    func illegalIntegers() throws {
        #expect(
            try fault { $0.overwrite("features.source", with: [8]) }
                == .illegalValue(key: "features.source[0]", found: "8", allowed: "0...7"))
        for tensor in ["features.shift", "features.mantissa", "law.integral_scale", "law.setpoint"]
        {
            let bytes: [UInt8] = tensor == "features.shift" ? [63] : [0, 0, 0, 0x80]
            guard case .illegalValue = try fault({ $0.overwrite(tensor, with: bytes) }) else {
                Issue.record("\(tensor) is not refused")
                continue
            }
        }
        #expect(try fault { $0.overwrite("law.gates", with: [1, 0, 0, 0x80]) } != nil)
        #expect(try fault { $0.overwrite("law.setpoint", at: 2, with: [0, 0, 0, 0]) } != nil)
        #expect(try fault { $0.overwrite("law.envelope", with: [0, 0, 0, 0x7F]) } != nil)
        #expect(
            try fault { $0.overwrite("lstm.weight", with: [0, 0x80]) }
                == .network(.illegalWeight(row: 0, column: 0)))
        #expect(
            try fault { $0.overwrite("lstm.exponent", at: 2, with: [31]) }
                == .network(.exponentOutOfRange(row: 2, found: 31)))
        guard
            case .network(.rowSumTooLarge(row: 0, _, limit: 65_535)) = try fault({
                $0.overwrite("lstm.bias", with: [0xFF, 0xFF, 0xFF, 0x7F])
                $0.overwrite("lstm.weight", with: [0xFF, 0x7F])
            })
        else {
            Issue.record("a row beyond its proof is not refused")
            return
        }
    }

    @Test("a hash that does not fit")
    func hash() throws {
        var content = try file().content()
        content[content.endIndex - 1] ^= 1
        guard case .hashDiffers = fault(content) else {
            Issue.record("a changed byte gives \(String(describing: fault(content)))")
            return
        }
    }

    @Test("changed weights are refused by the golden trace, hash or no hash")
    func goldenTrace() throws {
        for (tensor, index, bytes) in [
            ("lstm.weight", 24, [0x01, 0x10]), ("output.weight", 0, [0x00, 0x10]),
            ("lstm.bias", 0, [0x00, 0x00, 0x00, 0xF0]), ("output.exponent", 0, [0x09]),
        ] as [(String, Int, [UInt8])] {
            let found = try fault { $0.overwrite(tensor, at: index, with: bytes) }
            guard case .goldenTraceDiffers(256, _, _) = found else {
                Issue.record("\(tensor) gives \(String(describing: found))")
                continue
            }
        }
        guard
            case .goldenTraceDiffers = try fault({ $0.metadata["cell_fraction_bits"] = "26" })
        else {
            Issue.record("another cell format is not refused")
            return
        }
    }
}
