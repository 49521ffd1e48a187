import Foundation

/// Runs the built `flyball`, which lies beside the test bundle.
enum Tool {
    struct Result {
        let status: Int32
        let output: String
        let error: String

        /// The one JSON object on standard output; `nil` when it is none.
        var json: [String: Any]? {
            try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
        }
    }

    static var binary: URL {
        let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return bundle.deletingLastPathComponent().appendingPathComponent("flyball")
    }

    /// Waits for the end; outputs go through files, so that none can fill a pipe.
    static func run(_ arguments: String...) throws -> Result {
        try run(arguments)
    }

    static func run(_ arguments: [String]) throws -> Result {
        try withDirectory { directory in
            let paths = ["output", "error"].map { "\(directory)/\($0)" }
            for path in paths { _ = FileManager.default.createFile(atPath: path, contents: nil) }
            let process = Process()
            process.executableURL = binary
            process.arguments = arguments
            process.standardOutput = FileHandle(forWritingAtPath: paths[0])
            process.standardError = FileHandle(forWritingAtPath: paths[1])
            try process.run()
            process.waitUntilExit()
            let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
            return Result(
                status: process.terminationReason == .exit ? process.terminationStatus : -1,
                output: texts[0], error: texts[1])
        }
    }

    /// A directory of its own, gone after the body.
    static func withDirectory<Value>(_ body: (String) throws -> Value) throws -> Value {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("flyball-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        return try body(directory)
    }

    static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    static let demo = Repository.path("configs/demo.toml")
    static let tanks = Repository.path("configs/quadruple-tank.toml")
}
