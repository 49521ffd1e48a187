import Foundation
import Glibc

/// The TCLab emulator as a process of its own, and its control channel.
final class Emulator {
    struct Failed: Error, CustomStringConvertible {
        var description: String
    }

    let link: String
    private let directory: URL
    private let process = Process()
    private let control: Int32

    /// Starts the emulator and returns when its terminal is there.
    init(_ firmware: String, board: String = "leonardo", speed: Int = 50) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("tclab-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true)
        link = directory.appendingPathComponent("tty").path
        let socketPath = directory.appendingPathComponent("control").path
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", root.appendingPathComponent("hil-tests/tclab_emulator.py").path,
            "--firmware", firmware, "--board", board, "--speed", String(speed),
            "--link", link, "--control", socketPath,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let ready = output.fileHandleForReading.availableData
        guard String(decoding: ready, as: UTF8.self).hasPrefix("ready ") else {
            kill(process.processIdentifier, SIGKILL)
            throw Failed(description: "the emulator did not become ready")
        }
        control = try Self.connect(socketPath)
    }

    deinit {
        // Not by a signal: a child of a thread that blocks SIGTERM blocks it, too.
        let isQuitting = (try? ask("quit")) != nil
        close(control)
        if !isQuitting { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: directory)
    }

    /// One command of the control channel and its answer.
    @discardableResult
    func ask(_ command: String) throws -> String {
        let request = Array((command + "\n").utf8)
        guard unsafe write(control, request, request.count) == request.count else {
            throw Failed(description: "the control channel is closed")
        }
        var answer: [UInt8] = []
        var byte: UInt8 = 0
        while unsafe read(control, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
            answer.append(byte)
        }
        let text = String(decoding: answer, as: UTF8.self)
        guard !text.isEmpty, !text.hasPrefix("error") else {
            throw Failed(description: "\(command): \(text)")
        }
        return text
    }

    /// What the board knows of itself: a number of its status by name.
    func status(_ key: String) throws -> Double {
        let object = try JSONSerialization.jsonObject(with: Data(try ask("status").utf8))
        guard let status = object as? [String: Any], let number = status[key] as? NSNumber else {
            throw Failed(description: "no \(key) in the status")
        }
        return number.doubleValue
    }

    /// Whether both heaters are really off.
    func isOff() throws -> Bool {
        try status("pwm1") == 0 && status("pwm2") == 0
    }

    private static func connect(_ path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            for (index, byte) in path.utf8.enumerated() where index < bytes.count - 1 {
                unsafe bytes[index] = byte
            }
        }
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe Glibc.connect(
                    descriptor, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw Failed(description: "no control channel at \(path)") }
        return descriptor
    }
}
