import Plants

/// Setpoints of an episode and the command that holds the one in the middle.
package struct EpisodeLevels: Sendable {
    /// Before the first step, after it, after the second.
    package var start: Double
    package var middle: Double
    package var end: Double
    /// What holds `middle` without a load.
    package var middleCommand = 0.0

    /// The levels of sixteen episodes: steps of 0.18 ... 0.7 of the family's range of setpoints, up
    /// or down.
    static func draw(
        _ family: PlantFamily, _ plants: PlantLanes, _ random: inout EpisodeRandom
    ) throws(PlantFault) -> [EpisodeLevels] {
        let range = family.setpoints
        let width = range.upperBound - range.lowerBound
        func next(_ level: Double, _ random: inout EpisodeRandom) -> Double {
            let step = random.sign() * random.uniform(0.18...0.7) * width
            let chosen = range.contains(level + step) ? level + step : level - step
            return min(max(chosen, range.lowerBound), range.upperBound)
        }
        var levels: [EpisodeLevels] = []
        var middles = Lanes.zero
        for lane in 0..<Lanes.scalarCount {
            let start = random.uniform(range)
            let middle = next(start, &random)
            levels.append(
                EpisodeLevels(start: start, middle: middle, end: next(middle, &random)))
            middles[lane] = Float(middle)
        }
        let rest = try plants.equilibrium(output: middles)
        for lane in levels.indices {
            levels[lane].middleCommand = Double(rest.command[lane]) - family.standingLoad
        }
        return levels
    }
}
