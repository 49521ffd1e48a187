import Foundation

/// The built `flyballd`, running in a directory of its own on a simulated plant a hundred times
/// faster than real time, with a control socket.
final class RunningDaemon {
    let directory: String
    let config: String
    private let process = Process()

    /// The demo with its events far away and what is changed, in order.
    ///
    /// - Parameter state: whether it has a state directory, `state` in its own.
    init(_ changes: [(String, String)] = [], state: Bool = false) throws {
        directory =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("fd-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        config = "\(directory)/demo.toml"
        var text = try Tool.text(Tool.demo)
        let all =
            [
                ("speed = 20.0", "speed = 100.0"), ("at_s = 400", "at_s = 400000"),
                ("at_s = 800", "at_s = 800000"), ("\"../records\"", "\"records\""),
            ] + changes
        for (part, replacement) in all {
            text = text.replacingOccurrences(of: part, with: replacement)
        }
        text += "\n[control]\nsocket = \"s\"\nallow_inject = true\n"
        try Tool.write(text, to: config)
        process.executableURL = Tool.binary.deletingLastPathComponent()
            .appendingPathComponent("flyballd")
        process.arguments = ["--config", config]
        if state {
            try FileManager.default.createDirectory(
                atPath: "\(directory)/state", withIntermediateDirectories: true)
            process.environment = ProcessInfo.processInfo.environment.merging([
                "STATE_DIRECTORY": "\(directory)/state"
            ]) { $1 }
        }
        let log = "\(directory)/log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        // One description for both: two would write over each other.
        let handle = FileHandle(forWritingAtPath: log)
        process.standardError = handle
        process.standardOutput = handle
        try process.run()
        try wait { try tool("status", config).status == 0 }
    }

    /// What the loop does now, as the status has it.
    var loop: [String: Any] {
        get throws {
            let json = try tool("status", config, "--json").json
            return (json?["loops"] as? [[String: Any]])?.first ?? [:]
        }
    }

    var log: String {
        get throws { try Tool.text("\(directory)/log") }
    }

    func tool(_ arguments: String...) throws -> Tool.Result { try Tool.run(arguments) }

    struct Late: Error {}

    /// Until something holds, at most 20 s.
    func wait(until holds: () throws -> Bool) throws {
        for _ in 0..<400 {
            if try holds() { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw Late()
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// What was last kept of the run; nothing when nothing was.
    var checkpoint: String {
        (try? Tool.text("\(directory)/state/checkpoint")) ?? ""
    }

    /// Ends in order; the exit status.
    func end() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// The record of the run; there is one file.
    var record: String {
        get throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(directory)/records")
            return "\(directory)/records/\(names.sorted().first ?? "")"
        }
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: directory)
    }
}
