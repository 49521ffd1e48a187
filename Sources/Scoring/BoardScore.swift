/// Figures of a law and of PIDs in a board's scenario, nominal and varied.
package struct BoardScore: Codable, Sendable {
    package var suite: String
    package var seeds: Int
    /// The law first, then the PIDs; each on every variant, the nominal one first.
    package var laws: [Row]
    package var targets: [TargetResult]
    package var remarks: [String]

    package struct Row: Codable, Equatable, Sendable {
        package var law: String
        package var variants: [Cell]
    }

    package struct Cell: Codable, Equatable, Sendable {
        package var variant: String
        package var figures: BoardFigures
    }

    package init(_ scenario: BoardScenario, _ laws: [Row]) {
        suite = scenario.name
        seeds = scenario.seeds.count
        self.laws = laws
        remarks = scenario.remarks
        let nominal = laws.first?.variants.first?.figures
        targets = scenario.targets.map { target in
            let value: Double? =
                switch target.quantity {
                case .setpointError: nominal?.setpointError
                case .overshoot: nominal?.overshoot
                case .travel: nominal?.totalVariation
                default: nil
                }
            return TargetResult(target, [value])
        }
    }
}
