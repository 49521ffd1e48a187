import Foundation
import Testing

@Suite("The example configurations")
struct ExampleTests {
    static var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: Repository.path("configs"))
                .filter { $0.hasSuffix(".toml") }.sorted()
        }
    }

    /// `flyballd`, which lies beside `flyball`.
    static func check(_ path: String) throws -> Int32 {
        let process = Process()
        process.executableURL = Tool.binary.deletingLastPathComponent()
            .appendingPathComponent("flyballd")
        process.arguments = ["--check", "--config", path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test("pass flyballd --check, all of them")
    func daemon() throws {
        let names = try Self.names
        #expect(names.count >= 10)
        for name in names {
            #expect(try Self.check(Repository.path("configs/\(name)")) == 0, "\(name)")
        }
    }

    /// Deviations in the sensor's unit: a hundredth of the setpoint, and the noise of the oven.
    @Test(
        "of boards run on their simulated plants, and reach their setpoints",
        arguments: [("fan", 20.0), ("oven", 0.25), ("arduino", 0.1), ("modbus", 0.1)])
    func simulated(name: String, deviation: Double) throws {
        let config = Repository.path("configs/\(name).toml")
        let report = try #require(try Tool.run("simulate", config, "--json").json)
        let loops = try #require(report["loops"] as? [[String: Any]])
        let loop = try #require(loops.first)
        #expect(loop["latched"] as? Bool == false)
        let offset = try #require(loop["offset"] as? Double)
        #expect(offset.magnitude <= deviation)
    }
}
