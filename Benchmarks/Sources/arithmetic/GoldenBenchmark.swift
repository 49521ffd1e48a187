import CellReference

/// Every golden network over all its steps, and every wiring.
enum GoldenBenchmark {
    static func measure() throws -> [Finding] {
        Progress.say("golden vectors")
        let cases = try Golden.cases()
        var different = 0
        for golden in cases {
            let differences = try golden.differences(steps: golden.steps)
            if !differences.isEmpty {
                Progress.say("\(golden.name): \(differences.joined(separator: ", "))")
                different += 1
            }
        }
        let wirings = try Golden.wirings()
        let differentWirings = wirings.count { !$0.differences().isEmpty }
        let steps = cases.map(\.steps).max() ?? 0
        return [
            Finding(
                .golden, "LSTMs",
                [
                    Figure("count", Double(cases.count)), Figure("steps", Double(steps)),
                    Figure("different", Double(different), limit: 0),
                ]),
            Finding(
                .golden, "wirings",
                [
                    Figure("count", Double(wirings.count)),
                    Figure("different", Double(differentWirings), limit: 0),
                ]),
        ]
    }
}
