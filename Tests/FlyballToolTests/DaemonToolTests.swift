import ControlSocket
import FixedPoint
import Foundation
import Testing

@Suite("A running daemon and the commands that ask it", .serialized)
struct DaemonToolTests {
    @Test("setpoint, modes and drills are in force, told, and replay bit for bit")
    func operates() throws {
        let daemon = try RunningDaemon()
        let config = daemon.config
        let text = try daemon.tool("status", config)
        #expect(text.output.contains("heater") && text.output.contains("100.0 times real time"))
        #expect(try daemon.tool("set", "heater", "45 C", "--config", config).status == 0)
        #expect(try daemon.loop["target"] as? Double == 45)
        #expect(try daemon.loop["operator_target"] as? Bool == true)
        let hot = try daemon.tool("set", "heater", "95", "--config", config)
        #expect(hot.status == 1 && hot.error.contains("between the limits 0.0 and 90.0 C"))
        #expect(try daemon.tool("set", "heater", "warm", "--config", config).status == 2)
        #expect(try daemon.tool("set", "heater", "configured", "--config", config).status == 0)

        let socket = "\(daemon.directory)/s"
        let manual = try daemon.tool(
            "mode", "heater", "manual", "--output", "25", "--socket", socket, "--json")
        #expect(manual.json?["ok"] as? Bool == true)
        try daemon.wait { try daemon.loop["output"] as? Double == 25 }
        #expect(try daemon.loop["source"] as? String == "manual")
        #expect(try daemon.tool("mode", "heater", "shadow", "--socket", socket).status == 0)
        #expect(try daemon.loop["state"] as? String == "fallback")
        #expect(try daemon.loop["learned_output"] != nil)

        // One that lasts until it is taken off, so that a busy machine has the time to see it.
        let drill = ["inject", "heater", "sensor-missing", "--socket", socket]
        #expect(try Tool.run(drill + ["--duration-s", "3600"]).status == 0)
        try daemon.wait { try daemon.loop["cause"] as? String == "sensorLost" }
        #expect(try daemon.tool("inject", "heater", "none", "--socket", socket).status == 0)
        try daemon.wait { try daemon.loop["state"] as? String == "fallback" }
        #expect(try Tool.run(drill + ["--duration-s", "0.5"]).status == 0)
        try daemon.wait {
            let loop = try daemon.loop
            return loop["injected"] == nil && loop["state"] as? String == "fallback"
        }
        #expect(daemon.end() == 0)
        let replay = try Tool.run("replay", try daemon.record, "--json")
        #expect(replay.status == 0, "\(replay.error)")
        // Who changed what stands in the log.
        #expect(try daemon.log.contains("\"setpoint\":45"))
        let gone = try daemon.tool("status", config)
        #expect(gone.status == 69 && gone.error.contains("no daemon listens there"))
    }

    @Test("a latch is cleared by the mode safe and a law, once the limit is left")
    func clearsLatch() throws {
        let daemon = try RunningDaemon([("limit_high = \"90 C\"", "limit_high = \"55 C\"")])
        let config = daemon.config
        #expect(
            try daemon.tool("mode", "heater", "manual", "--output", "100", "--config", config)
                .status == 0)
        try daemon.wait { try daemon.loop["latched"] as? Bool == true }
        #expect(try daemon.loop["output"] as? Double == 0)
        #expect(try daemon.tool("mode", "heater", "auto", "--config", config).status == 0)
        #expect(try daemon.loop["latched"] as? Bool == true)
        try daemon.wait { (try daemon.loop["estimate"] as? Double ?? 99) < 50 }
        #expect(try daemon.tool("mode", "heater", "safe", "--config", config).status == 0)
        #expect(try daemon.loop["latched"] as? Bool == false)
        #expect(try daemon.tool("mode", "heater", "pid", "--config", config).status == 0)
        #expect(try daemon.loop["state"] as? String == "fallback")
        #expect(daemon.end() == 0)
    }

    @Test("a step in the running loop finds the heater, and the loop has its law back")
    func tunes() throws {
        let daemon = try RunningDaemon()
        let config = daemon.config
        #expect(
            try daemon.tool("mode", "heater", "manual", "--output", "0", "--config", config)
                .status == 0)
        try daemon.wait { try daemon.loop["output"] as? Double == 0 }
        func tune() throws -> Tool.Result {
            // The heater was on, if only for as long as a request took: the surroundings have 21 C.
            try daemon.wait { (try daemon.loop["estimate"] as? Double ?? 99) < 21.6 }
            return try daemon.tool(
                "tune", config, "--no-optimal", "--on-daemon", "--to", "30", "--duration-s", "800",
                "--state", "\(daemon.directory)/gains.json", "--json")
        }
        // A period of 10 ms that a busy machine misses ends an experiment: such a one is made anew.
        var result = try tune()
        for _ in 0..<20 where result.error.contains("overrun") {
            result = try tune()
        }
        #expect(result.status == 0, "\(result.error)")
        let gain = (result.json?["gain"] as? [String: Any])?["value"] as? Double ?? 0
        // The steady gain of the TCLab's equations is 0.599 C/%; a step of the sensor is 0.32 C of 18.
        #expect(abs(gain - 0.599) < 0.06)
        #expect(result.json?["abort_reason"] == nil)
        try daemon.wait { try daemon.loop["source"] as? String == "manual" }
        #expect(daemon.end() == 0)
        #expect(try Tool.run("replay", try daemon.record).status == 0)
    }

    /// `flyball tune` in the loop of a daemon, running; what it says goes to the daemon's directory.
    private func tuning(_ daemon: RunningDaemon, _ arguments: [String]) throws -> Process {
        let errors = "\(daemon.directory)/errors"
        _ = FileManager.default.createFile(atPath: errors, contents: nil)
        let process = Process()
        process.executableURL = Tool.binary
        process.arguments = ["tune", daemon.config, "--no-optimal", "--on-daemon"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        return process
    }

    @Test("an experiment that a missed period cuts short says so and writes no gains")
    func cutShort() throws {
        let daemon = try RunningDaemon()
        let state = "\(daemon.directory)/gains.json"
        #expect(
            try daemon.tool("mode", "heater", "manual", "--output", "0", "--config", daemon.config)
                .status == 0)
        let process = try tuning(
            daemon, ["--to", "30", "--duration-s", "20000", "--state", state])
        try daemon.wait {
            let source = try daemon.loop["source"] as? String
            return source == "step" || !process.isRunning
        }
        daemon.signal(SIGSTOP)
        Thread.sleep(forTimeInterval: 0.1)
        daemon.signal(SIGCONT)
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
        let said = try Tool.text("\(daemon.directory)/errors")
        #expect(said.contains("overrun; no gains were written"), "\(said)")
        #expect(!FileManager.default.fileExists(atPath: state))
        #expect(daemon.end() == 0)
    }

    @Test(
        "an experiment ends when its client is interrupted or killed", arguments: [SIGINT, SIGKILL])
    func ends(signal: Int32) throws {
        let daemon = try RunningDaemon()
        let relay = [
            "--experiment", "relay", "--amplitude", "1", "--duration-s", "90000", "--state",
            "\(daemon.directory)/s.json",
        ]
        try daemon.wait { (try daemon.loop["estimate"] as? Double ?? 0) > 49 }
        try daemon.wait {
            let output = try daemon.loop["output"] as? Double ?? 0
            return output > 5 && output < 95
        }
        var process = try tuning(daemon, relay)
        try daemon.wait {
            if try daemon.loop["source"] as? String == "relay" { return true }
            // A period that a busy machine missed has ended it.
            if !process.isRunning { process = try tuning(daemon, relay) }
            return false
        }
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        try daemon.wait { try daemon.loop["source"] as? String == "law" }
        #expect(try daemon.loop["experiment"] == nil)
        #expect(daemon.end() == 0)
        #expect(try Tool.run("replay", try daemon.record).status == 0)
    }

    @Test("no client disturbs the loop: garbage, half lines and many connections at once")
    func hostile() throws {
        // A busy machine overruns by itself, but not every time; a client that disturbs the loop would.
        var log = try logOfHostileRun()
        for _ in 0..<5 where !log.contains("overruns 0") { log = try logOfHostileRun() }
        #expect(log.contains("overruns 0"), "\(log)")
    }

    private func logOfHostileRun() throws -> String {
        let daemon = try RunningDaemon()
        let path = "\(daemon.directory)/s"
        var generator = SplitMix64(seed: 1)
        var connections: [SocketConnection] = []
        for round in 0..<200 {
            guard let connection = try? SocketConnection(path: path) else { continue }
            let bytes = (0..<500).map { _ in UInt8.random(in: 11...255, using: &generator) }
            _ = try? connection.ask(bytes, withinSeconds: round % 20 == 0 ? 0.2 : 0.001)
            connections.append(connection)
        }
        connections = []
        try daemon.wait { try daemon.tool("status", daemon.config).status == 0 }
        // Neither a fault nor the safe state: the loop has its law still.
        let loop = try daemon.loop
        #expect(loop["source"] as? String == "law", "\(loop)")
        #expect(loop["state"] as? String == "learned", "\(loop)")
        #expect(daemon.end() == 0)
        let replay = try Tool.run("replay", try daemon.record)
        #expect(replay.status == 0 && replay.output.contains("bit for bit"))
        return try daemon.log
    }

    @Test("without [control] there is no socket, and the tool says what is missing")
    func noControl() throws {
        let result = try Tool.run("status", Tool.demo)
        #expect(result.status == 2 && result.error.contains("has no [control]"))
        let absent = try Tool.run("status", "--socket", "/nowhere/s")
        #expect(absent.status == 69 && absent.error.contains("no daemon listens there"))
        #expect(try Tool.run("status", Tool.demo, "--socket", "/x", "--config", "y").status == 2)
    }
}
