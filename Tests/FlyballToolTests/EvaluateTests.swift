import Foundation
import Testing

@Suite("flyball evaluate and train: what they refuse")
struct EvaluateTests {
    @Test("exactly one thing to score on is asked for")
    func subjects() throws {
        for arguments in [
            ["evaluate", "x.fly"], ["evaluate", "x.fly", "--family", "lag4", "--suite", "tank"],
            ["evaluate", "x.fly", "--suite", "tank", "--signal", "s.csv"],
            ["evaluate", "x.fly", "--suite", "tank", "--report", "r.html"],
            ["train", "--output", "x.fly"],
            ["train", "--family", "lag4", "--suite", "tank", "--output", "x"],
        ] {
            let result = try Tool.run(arguments)
            #expect(result.status == 2, "\(arguments) \(result.status)")
            #expect(result.output.isEmpty)
        }
    }

    @Test("a plant, a signal or a suite that is wrong ends with 78, its file, line and column")
    func files() throws {
        try Tool.withDirectory { directory in
            let (plant, signal) = ("\(directory)/p.toml", "\(directory)/s.csv")
            try Tool.write("schema = 1\nname = \"p\"\ngain = 1\nlags_s = [0]\n", to: plant)
            let first = try Tool.run("evaluate", "x.fly", "--plant", plant)
            #expect(first.status == 78)
            #expect(first.error.contains("p.toml:4:11: lags_s"), "\(first.error)")
            try Tool.write("time_s,setpoint\n0,1\n1,b\n", to: signal)
            let second = try Tool.run(
                "evaluate", "x.fly", "--plant", Repository.path("docs/plant.toml"), "--signal",
                signal)
            #expect(second.status == 78)
            #expect(second.error.contains("s.csv:3:3: setpoint: the text \"b\""))
            let third = try Tool.run("train", "--plant", plant, "--output", "\(directory)/x.fly")
            #expect(third.status == 78)
            try Tool.write("schema = 1\nname = \"s\"\n", to: plant)
            let fourth = try Tool.run("evaluate", "x.fly", "--suite", plant)
            #expect(fourth.status == 78)
            #expect(fourth.error.contains("p.toml:1:1: plant: missing"))
        }
    }

    @Test("what is not there ends with 66 and its name, and what is no suite with the known ones")
    func missing() throws {
        let model = try Tool.run("evaluate", "/nowhere/x.fly", "--family", "lag4")
        #expect(model.status == 66)
        #expect(model.error.contains("/nowhere/x.fly"))
        let plant = try Tool.run("evaluate", "x.fly", "--plant", "/nowhere/p.toml")
        #expect(plant.status == 66)
        let suite = try Tool.run("evaluate", "x.fly", "--suite", "specialist")
        #expect(suite.status == 2)
        #expect(suite.error.contains("specialists, batch, tclab"))
        let family = try Tool.run("evaluate", "x.fly", "--family", "nope")
        #expect(family.status == 2)
    }

    @Test("where nothing can be written, a training ends before it begins")
    func unwritable() throws {
        try Tool.withDirectory { directory in
            let paths = [
                ("\(directory)/nowhere/x.fly", "No such file or directory"),
                (directory, "Is a directory"), ("\(directory)/a/x.fly", "Not a directory"),
            ]
            try Tool.write("", to: "\(directory)/a")
            for (path, reason) in paths {
                for subject in [["--family", "lag4"], ["--generalist"]] {
                    let result = try Tool.run(["train", "--output", path] + subject)
                    #expect(result.status == 66)
                    #expect(result.error == "\(path): cannot be written: \(reason)\n")
                }
            }
        }
    }

    @Test("what no generalist can be trained on from is refused, with the reason")
    func from() throws {
        try Tool.withDirectory { directory in
            let output = "\(directory)/x.fly"
            func train(_ arguments: String...) throws -> Tool.Result {
                try Tool.run(["train", "--output", output] + arguments)
            }
            let shipped = Repository.path("models/generalist.fly")
            let one = try train("--family", "lag4", "--from", shipped)
            #expect(one.status == 2 && one.error.contains("--from belongs to --generalist"))
            let large = try train("--generalist", "--units", "32", "--from", shipped)
            #expect(large.status == 65)
            #expect(large.error.contains("is [14, 24, 2]; allowed: [14, 32, 2]"), "\(large.error)")
            let absent = try train("--generalist", "--from", "\(directory)/none.fly")
            #expect(absent.status == 66)
            let script = try train("--generalist", "--from", Tool.demo)
            #expect(script.status == 65)
            #expect(!FileManager.default.fileExists(atPath: output))
        }
    }

    @Test("a file that is no model ends with 65")
    func damaged() throws {
        let result = try Tool.run(
            "evaluate", Repository.path("docs/signal.csv"), "--suite",
            Repository.path("suites/tank.toml"))
        #expect(result.status == 65)
        #expect(result.output.isEmpty)
    }
}
