import Foundation
import Testing

@Suite("How flyball ends")
struct ExitStatusTests {
    @Test(
        "a wrong call ends with 2 and says how to call it",
        arguments: [
            ["fly"], ["simulate"], ["simulate", "a.toml", "b.toml"], ["simulate", "--fast"],
            ["simulate", "a.toml", "--law", "fuzzy"], ["simulate", "a.toml", "--seed", "-1"],
            ["simulate", "a.toml", "--duration-s", "0"],
            ["simulate", "a.toml", "--duration-s", "nan"],
            ["simulate", "a.toml", "--duration-s", "1e300"],
            ["simulate", "a.toml", "--plot"], ["check"], ["replay"], ["export", "a.toml"],
            ["safe"], ["reference", "all"],
        ])
    func usage(arguments: [String]) throws {
        let result = try Tool.run(arguments)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.error.hasPrefix("Error: "))
        #expect(result.error.contains("sage: flyball") || result.error.contains("USAGE: flyball"))
    }

    @Test("more ticks than memory holds are refused before the first")
    func tooManyTicks() throws {
        let motor = Repository.path("configs/motor.toml")
        let result = try Tool.run("simulate", motor, "--duration-s", "10000000")
        #expect(result.status == 2)
        #expect(result.error.contains("1000000000 ticks"))
    }

    @Test(
        "a file that is not there ends with 66 and is named",
        arguments: ["simulate", "check", "replay", "safe"])
    func missing(command: String) throws {
        let result = try Tool.run(command, "/nowhere/else.file")
        #expect(result.status == 66)
        #expect(result.output.isEmpty)
        #expect(result.error.contains("/nowhere/else.file"))
    }

    @Test("a bad configuration ends with 78, each problem with its place")
    func configuration() throws {
        try Tool.withDirectory { directory in
            let path = "\(directory)/bad.toml"
            let text = try Tool.text(Tool.demo)
                .replacing("period_ms = 1000", with: "periode_ms = 1000")
                .replacing("\"20 C/s\"", with: "\"20 K/s\"")
            try Tool.write(text, to: path)
            let commands = [["simulate"], ["check"], ["safe"], ["export", "-o", "\(directory)/m"]]
            for command in commands {
                let result = try Tool.run(command + [path])
                #expect(result.status == 78)
                #expect(result.output.isEmpty)
                #expect(result.error.contains("\(path):5:"))
                #expect(result.error.contains("period_ms"))
                #expect(result.error.contains("max_rate"))
            }
        }
    }

    @Test("what the plant or the gains refuse is 78, too, with its place")
    func assembly() throws {
        try Tool.withDirectory { directory in
            let path = "\(directory)/bad.toml"
            let demo = try Tool.text(Tool.demo)
            try Tool.write(demo.replacing("plant = \"tclab\"", with: "plant = \"pot\""), to: path)
            for command in ["simulate", "check"] {
                let result = try Tool.run(command, path)
                #expect(result.status == 78)
                #expect(result.error.contains("\(path):8:"))
            }
            try Tool.write(demo.replacing("\"8.5 %/C\"", with: "\"32000 %/C\""), to: path)
            let result = try Tool.run("check", path)
            #expect(result.status == 78)
            #expect(result.error.contains("loop.pid.kp"))
        }
    }

    @Test("a missing model is 66, a damaged one 65")
    func models() throws {
        try Tool.withDirectory { directory in
            let path = "\(directory)/own.toml"
            let model = "\(directory)/a.safetensors"
            let text = try Tool.text(Tool.demo)
                .replacing("\"from-pid\"", with: "\"a.safetensors\"")
            try Tool.write(text, to: path)
            for command in ["simulate", "check"] {
                let result = try Tool.run(command, path)
                #expect(result.status == 66)
                #expect(result.error.contains(model))
            }
            let exported = try Tool.run("export", Tool.demo, "-o", model)
            #expect(exported.status == 0)
            #expect(exported.output.contains("SHA-256"))
            #expect(try Tool.run("check", path).status == 0)
            var bytes = try Data(contentsOf: URL(fileURLWithPath: model))
            bytes[bytes.count / 2] ^= 8
            try bytes.write(to: URL(fileURLWithPath: model))
            for command in ["simulate", "check"] {
                let result = try Tool.run(command, path)
                #expect(result.status == 65)
                #expect(result.error.contains(model))
            }
        }
    }

    @Test("export writes the law of the loop that is named, and says which there are")
    func export() throws {
        try Tool.withDirectory { directory in
            let model = "\(directory)/m.safetensors"
            let wrong = try Tool.run("export", Tool.tanks, "--loop", "middle", "-o", model)
            #expect(wrong.status == 2)
            #expect(wrong.error.contains("left, right"))
            let none = try Tool.run("export", Tool.tanks, "--loop", "right", "-o", model)
            #expect(none.status == 1)
            #expect(!FileManager.default.fileExists(atPath: model))
            #expect(try Tool.run("export", Tool.tanks, "--loop", "left", "-o", model).status == 0)
            #expect(FileManager.default.fileExists(atPath: model))
        }
    }

    @Test("safe has nothing to drive on a simulated device, and misses one that is absent")
    func safe() throws {
        let simulated = try Tool.run("safe", Tool.demo)
        #expect(simulated.status == 0)
        #expect(simulated.output.contains("nothing to drive"))
        try Tool.withDirectory { directory in
            let path = "\(directory)/absent.toml"
            let text = try Tool.text(Repository.path("configs/tclab.toml"))
                .replacing("/dev/serial/by-id/usb-Arduino-TCLab", with: "\(directory)/none")
            try Tool.write(text, to: path)
            let absent = try Tool.run("safe", path)
            #expect(absent.status == 69)
            #expect(absent.error.contains("\(directory)/none"))
        }
    }

    @Test("a place that cannot be written is an error, not a run without a result")
    func unwritable() throws {
        for option in ["--plot", "--record"] {
            let result = try Tool.run(
                "simulate", Tool.demo, "--duration-s", "5", option, "/nowhere/x.file")
            #expect(result.status == 66)
            #expect(result.error.contains("/nowhere/x.file"))
        }
    }
}
