import Configuration
import Foundation
import Scoring
import Testing

@Suite("A board's scenario")
struct BoardTests {
    @Test("figures of a short run are what a hand finds")
    func figures() {
        let found = BoardFigures(
            periodSeconds: 2, setpoint: [20, 30, 30, 30, 30, 30],
            output: [20, 20, 31, 30.1, 30.5, 29], command: [0, 10, 4, 4, 5, 5], step: 1, load: 4)
        // 2 s times 0 + 10 + 1 + 0.1.
        #expect(abs(found.setpointError - 22.2) < 1e-9)
        #expect(abs(found.overshoot - 1) < 1e-9)
        // Within 2 % of 10 from sample 3 on, two samples after the step.
        #expect(found.settlingSeconds == 4)
        #expect(abs(found.loadError - 3) < 1e-9)
        #expect(abs(found.peak - 1) < 1e-9)
        #expect(found.totalVariation == 17)
    }

    @Test("a step down overshoots below, and what never stays near never settles")
    func down() {
        let found = BoardFigures(
            periodSeconds: 1, setpoint: [30, 20, 20, 20], output: [30, 30, 18, 20],
            command: [5, 5, 5, 5], step: 1, load: 3)
        #expect(found.overshoot == 2)
        #expect(found.settlingSeconds == nil)
    }

    @Test(
        "the mean of runs is the mean of each figure, and one run that never settles settles none")
    func mean() {
        var (first, second) = (BoardFigures(), BoardFigures())
        (first.overshoot, second.overshoot) = (1, 3)
        (first.settlingSeconds, second.settlingSeconds) = (4, 6)
        #expect(BoardFigures.mean([first, second]).overshoot == 2)
        #expect(BoardFigures.mean([first, second]).settlingSeconds == 5)
        second.settlingSeconds = nil
        #expect(BoardFigures.mean([first, second]).settlingSeconds == nil)
    }

    /// Figures of another program for the same lab and gains; its noise is of another generator, and
    /// its anti-windup is not known.
    static let setpointShare = 0.02
    static let loadShare = 0.03
    static let variationShare = 0.08

    @Test(
        "AMIGO-PI on the nominal TCLab has the figures of another program, and every variant runs")
    func amigo() throws {
        var scenario = try BoardScenario(path: Parsed.board)
        scenario.rivals = [scenario.rivals[0]]
        let score = try BoardRun(scenario).run(nil) { _ in }
        let row = try #require(score.laws.first)
        #expect(row.variants.map(\.variant) == scenario.variants.map(\.name))
        let nominal = row.variants[0].figures
        #expect(abs(nominal.setpointError - 1_835) < Self.setpointShare * 1_835)
        #expect(abs(nominal.loadError - 160) < Self.loadShare * 160)
        #expect(abs(nominal.totalVariation - 741) < Self.variationShare * 741)
        #expect(abs(nominal.overshoot - 0.25) < 0.03)
        // Half the power cannot rise as fast.
        #expect(row.variants[1].figures.setpointError > nominal.setpointError * 1.2)
        // A PI misses the error and keeps the overshoot; its travel is about the limit.
        #expect(score.targets.map(\.met).prefix(2) == [false, true])
        #expect(score.targets[2].found == nominal.totalVariation)
    }

    @Test(
        "what is wrong in a board's file is told with its place",
        arguments: [
            ("plant = \"tclab\"", "plant = \"tclub\"", "scenario.plant: the text \"tclub\""),
            ("load_at_s = 600", "load_at_s = 5", "scenario.load_at_s: 5.0; after setpoint_at_s"),
            ("kp = 8.5\n", "", "pid.kp: missing"),
            ("power_1 = 100", "power_1 = \"x\"", "parameters.power_1: the text \"x\""),
            ("[[variant]]\nname = \"nominal\"", "[[variant]]", "variant.name: missing"),
            ("what = \"overshoot\"", "what = \"cost\"", "target.what: the text \"cost\""),
        ])
    func refusals(old: String, new: String, told: String) throws {
        let text = try String(contentsOfFile: Parsed.board, encoding: .utf8)
        #expect(text.contains(old))
        let found = Parsed.refusal { () throws(ConfigurationError) in
            try BoardScenario(
                try Configuration.parseTable(
                    text: text.replacing(old, with: new, maxReplacements: 1), path: "board.toml"),
                path: "board.toml")
        }
        #expect(found.contains(told), "\(found)")
    }
}
