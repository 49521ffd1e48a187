import Foundation
import Testing

@Suite("flyball simulate and check")
struct SimulateTests {
    static let loopKeys = [
        "iae_unit_s", "ise_unit2_s", "itae_unit_s2", "last_cause", "latched", "fallback_ticks",
        "learned_ticks", "loop", "offset", "output_unit", "outside_limits_s", "overshoot",
        "rise_s", "safe_ticks", "saturations", "sensor_fault_ticks", "settling_s", "ticks",
        "total_variation_output_unit", "uncontrolled_s", "unit",
    ]

    @Test("simulate --json is one object whose keys do not change")
    func simulateJSON() throws {
        let result = try Tool.run("simulate", Tool.tanks, "--duration-s", "50", "--json")
        #expect(result.status == 0)
        #expect(result.error.isEmpty)
        let json = try #require(result.json)
        #expect(Set(json.keys) == ["configuration", "duration_s", "loops", "plant", "seed"])
        let loops = try #require(json["loops"] as? [[String: Any]])
        #expect(loops.count == 2)
        for loop in loops { #expect(Set(loop.keys) == Set(Self.loopKeys)) }
        #expect(loops.map { $0["ticks"] as? Int } == [50, 50])
        #expect(loops[0]["settling_s"] is NSNull)
        #expect(json["seed"] as? Int == 3)
    }

    @Test("a picture calls the PID a fallback only where another law was asked for")
    func pidIsNamed() throws {
        try Tool.withDirectory { directory in
            let path = "\(directory)/run.svg"
            let result = try Tool.run(
                "simulate", Tool.demo, "--duration-s", "100", "--law", "pid", "--plot", path,
                "--json")
            #expect(result.status == 0)
            let texts = try #require(Picture(path: path)).texts
            #expect(texts.contains("PID"))
            #expect(!texts.contains { $0.contains("fallback") })
            let loops = try #require(result.json?["loops"] as? [[String: Any]])
            #expect(loops[0]["fallback_ticks"] as? Int == 100)
        }
    }

    @Test("check --json is one object whose keys do not change")
    func checkJSON() throws {
        let result = try Tool.run("check", Tool.demo, "--json")
        #expect(result.status == 0)
        let json = try #require(result.json)
        #expect(Set(json.keys) == ["configuration", "loops", "period_ms"])
        let loops = try #require(json["loops"] as? [[String: Any]])
        let keys: Set = [
            "actuator", "law", "loop", "model", "model_sha256", "rules", "safety", "sensor",
            "setpoint",
        ]
        #expect(loops.map { Set($0.keys) } == [keys])
        #expect((loops[0]["model_sha256"] as? String)?.count == 64)
        // Without a model the keys are there, with nothing in them.
        let tanks = try #require(try Tool.run("check", Tool.tanks, "--json").json)
        let right = try #require((tanks["loops"] as? [[String: Any]])?.last)
        #expect(Set(right.keys) == keys)
        #expect(right["model"] is NSNull)
    }

    @Test("the same seed prints the same bytes, another seed others")
    func seeds() throws {
        let arguments = ["simulate", Tool.demo, "--duration-s", "60", "--json"]
        let first = try Tool.run(arguments).output
        #expect(try Tool.run(arguments).output == first)
        #expect(try Tool.run(arguments + ["--seed", "1"]).output == first)
        #expect(try Tool.run(arguments + ["--seed", "2"]).output != first)
    }

    @Test("the law that is asked for acts")
    func law() throws {
        for (law, key) in [("learned", "learned_ticks"), ("pid", "fallback_ticks")] {
            let result = try Tool.run(
                "simulate", Tool.demo, "--duration-s", "20", "--law", law, "--json")
            let loops = try #require(result.json?["loops"] as? [[String: Any]])
            #expect(loops[0][key] as? Int == 20)
        }
    }

    @Test("the table names its rows, counts ticks as integers and shows every loop's unit")
    func table() throws {
        let result = try Tool.run("simulate", Tool.tanks, "--duration-s", "30")
        #expect(result.status == 0)
        let rows = Dictionary(
            uniqueKeysWithValues: result.output.split(separator: "\n").compactMap { line in
                let cells = line.split(separator: "  ").map {
                    $0.trimmingCharacters(in: .whitespaces)
                }.filter { !$0.isEmpty }
                return cells.count > 2 ? (cells[0], Array(cells[1...])) : nil
            })
        #expect(rows["learned law acts"] == ["ticks", "30", "0"])
        #expect(rows["PID acts"] == ["ticks", "0", "30"])
        #expect(rows["safe level"] == ["ticks", "0", "0"])
        #expect(rows["sensor faults"] == ["ticks", "0", "0"])
        #expect(rows["IAE"]?.first == "cm s")
        #expect(rows["total variation"]?.first == "V")
    }

    @Test("a picture is well-formed and shows the loop, its units and its law")
    func picture() throws {
        try Tool.withDirectory { directory in
            let path = "\(directory)/run.svg"
            let result = try Tool.run(
                "simulate", Tool.demo, "--duration-s", "100", "--plot", path)
            #expect(result.output.contains("picture: \(path)"))
            let picture = try #require(Picture(path: path))
            #expect(picture.root == "svg")
            #expect(picture.elements > 20)
            #expect(picture.texts.contains("demo"))
            #expect(picture.texts.contains { $0.contains("t1 (C)") })
            #expect(picture.texts.contains { $0.contains("Gates") })
        }
    }

    @Test("with several loops each has its own picture, and all are named")
    func pictures() throws {
        try Tool.withDirectory { directory in
            let result = try Tool.run(
                "simulate", Tool.tanks, "--duration-s", "100", "--plot", "\(directory)/run.svg")
            let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
            #expect(names == ["run-left.svg", "run-right.svg"])
            for name in names {
                let picture = try #require(Picture(path: "\(directory)/\(name)"))
                #expect(picture.root == "svg")
                #expect(result.output.contains("picture: \(directory)/\(name)"))
            }
        }
    }

    @Test("every configuration that ships is in order", arguments: Self.configurations)
    func shipped(name: String) throws {
        let result = try Tool.run("check", Repository.path("configs/\(name)"))
        #expect(result.status == 0, "\(result.error)")
        #expect(result.output.contains("ok"))
    }

    static var configurations: [String] {
        let directory = Repository.path("configs")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasSuffix(".toml") }.sorted()
    }
}
