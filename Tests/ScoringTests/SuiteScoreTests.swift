import Foundation
import Scoring
import Testing
import Training

@Suite("Figures of a suite")
struct SuiteScoreTests {
    /// As a model file keeps it.
    private static func evaluation(
        _ name: String, _ costs: [String: [String: Double]], peak: Double?, lost: Double = 0.25
    ) throws -> Evaluation {
        let classes = try costs.keys.sorted().map { signal in
            let ratios = String(
                decoding: try JSONEncoder().encode(costs[signal] ?? [:]), as: UTF8.self)
            return """
                {"signal": "\(signal)", "cost": 1, "error": 1, "costOver": \(ratios),
                 "errorOver": \(ratios), "lossesToOptimal": \(lost)}
                """
        }
        let law = peak.map { ", \"law\": \($0)" } ?? ""
        return try decoded(
            """
            {"family": "\(name)", "periodSeconds": 1, "classes": [\(classes.joined(separator: ","))],
             "reference": "pid*", "corners": [0.9, 1.2],
             "operatingPoints": [{"output": 0.5\(law)}],
             "hold": {"medianOffset": 0.001, "worstOffset": 0.002, "worstRipple": 0.003},
             "limitCycles": {"loops": 144, "sustained": \(name == "a" ? 0 : 2), "worstSwing": 0,
                             "worstGain": 1, "worstTime": 1},
             "strayShare": 0}
            """)
    }

    private static func decoded<Value: Decodable>(_ json: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(json.utf8))
    }

    private static func suite(_ targets: String) throws -> Suite {
        try Parsed.suite(
            """
            schema = 1
            name = "s"
            classes = ["steps", "ramp"]
            \(targets)
            [[plant]]
            name = "a"
            gain = 1.0
            lags_s = [1]
            [[plant]]
            name = "b"
            gain = 1.0
            lags_s = [1]
            """)
    }

    private static func plants() throws -> [Evaluation] {
        let first = try evaluation(
            "a",
            [
                "steps": ["pid*": 0.5, "simc_pi": 0.6, "simc_pid": 0.7],
                "ramp": ["pid*": 1.1, "simc_pi": 0.4, "simc_pid": 0.3],
            ], peak: 1.5)
        let second = try evaluation(
            "b",
            [
                "steps": ["pid*": 0.8, "simc_pi": 0.9, "simc_pid": 0.2],
                "ramp": ["pid*": 1.3, "simc_pi": 0.9, "simc_pid": 0.4],
            ], peak: 2.5, lost: 0.75)
        return [first, second]
    }

    @Test("means, worst cases, losses and lost episodes are what a hand finds")
    func summary() throws {
        let score = SuiteScore(
            try Self.suite(""), reference: "pid*", plants: try Self.plants(), absent: [])
        #expect(score.classes.map(\.signal) == ["steps", "ramp"])
        let steps = score.classes[0]
        // sqrt(0.5 * 0.8)
        #expect(abs((steps.geomeanCostOver["pid*"] ?? 0) - 0.632_455_532) < 1e-9)
        // The better SIMC leaves the larger ratio: sqrt(0.7 * 0.9).
        #expect(abs((steps.geomeanCostOver["better_simc"] ?? 0) - 0.793_725_393) < 1e-9)
        #expect(steps.geomeanCostOver["amigo_pid"] == nil)
        #expect(steps.worst == 0.8)
        #expect(steps.worstPlant == "b")
        #expect(steps.episodesLostToOptimal == 0.5)
        // Fourth root of 0.5 * 0.8 * 1.1 * 1.3.
        #expect(abs((score.geomeanCostOver["pid*"] ?? 0) - 0.869_659_023) < 1e-9)
        #expect(score.losses.map(\.plant) == ["b", "a"])
        #expect(score.losses.map(\.signal) == ["ramp", "ramp"])
        #expect(score.losses.map(\.costOver) == [1.3, 1.1])
        #expect(score.episodesLostToOptimal == 0.5)
    }

    @Test(
        "a target is met or missed by the figure that a hand finds",
        arguments: [
            ("what = \"cost\"\nover = \"pid*\"\nclass = \"steps\"\ntake = \"worst\"", 0.8, 0.8),
            ("what = \"cost\"\nover = \"pid*\"\ntake = \"worst\"", 1.2, 1.3),
            ("what = \"error\"\nover = \"better_simc\"\ntake = \"worst\"", 1.0, 0.9),
            ("what = \"cost\"\nover = \"simc_pid\"\ntake = \"median\"", 0.3, 0.35),
            ("what = \"sensitivity\"\ntake = \"median\"", 2.0, 2.0),
            ("what = \"sensitivity\"\ntake = \"worst\"", 2.0, 2.5),
            ("what = \"corner\"\nover = \"pid*\"\ntake = \"worst\"", 1.0, 1.2),
            ("what = \"limit_cycles\"\ntake = \"worst\"", 0.0, 2.0),
            ("what = \"worst_offset\"\ntake = \"worst\"", 0.0025, 0.002),
        ] as [(String, Double, Double)])
    func targets(text: String, limit: Double, figure: Double) throws {
        let suite = try Self.suite("[[target]]\n\(text)\nlimit = \(limit)\n")
        let result = try #require(
            SuiteScore(suite, reference: "pid*", plants: try Self.plants(), absent: []).targets
                .first)
        #expect(abs((result.found ?? .nan) - figure) < 1e-12)
        #expect(result.met == (figure <= limit))
    }

    @Test("a count of plants within a bound has a least")
    func counts() throws {
        let text =
            "[[target]]\nwhat = \"cost\"\nover = \"pid*\"\nclass = \"steps\"\n"
            + "take = \"within\"\nbound = 0.6\n"
        for (limit, met) in [(1, true), (2, false)] {
            let suite = try Self.suite(text + "limit = \(limit)\n")
            let result = try #require(
                SuiteScore(suite, reference: "pid*", plants: try Self.plants(), absent: []).targets
                    .first)
            #expect(result.found == 1)
            #expect(result.met == met)
        }
    }

    @Test("what was not measured, or a plant without a law, leaves a target open")
    func open() throws {
        let suite = try Self.suite(
            "[[target]]\nwhat = \"fixed_over_float\"\ntake = \"worst\"\nlimit = 1\n"
                + "[[target]]\nwhat = \"ripple\"\ntake = \"worst\"\nlimit = 1\n")
        let whole = SuiteScore(suite, reference: "pid*", plants: try Self.plants(), absent: [])
        #expect(whole.targets[0].met == nil)
        #expect(whole.targets[1].met == true)
        let partial = SuiteScore(
            suite, reference: "pid*", plants: [try Self.plants()[0]],
            absent: [try Self.decoded(#"{"plant": "b", "reason": "none"}"#)])
        #expect(partial.targets[1].met == nil)
        #expect(partial.targets[1].found == 0.003)
    }

    @Test("a loop that never rests misses the sensitivity")
    func unstable() throws {
        let plant = try Self.evaluation("a", ["steps": ["pid*": 0.5]], peak: nil)
        let suite = try Self.suite(
            "[[target]]\nwhat = \"sensitivity\"\ntake = \"worst\"\nlimit = 2\n")
        let score = SuiteScore(suite, reference: "pid*", plants: [plant], absent: [])
        #expect(score.targets[0].met == false)
    }

    @Test("means of several values")
    func averages() {
        #expect(abs(Averages.geomean([0.5, 2]) - 1) < 1e-12)
        #expect(Averages.median([3, 1, 2]) == 2)
        #expect(Averages.median([4, 1, 2, 3]) == 2.5)
    }
}
