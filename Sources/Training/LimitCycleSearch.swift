package import Episodes
package import Plants

/// Looks for oscillations that do not die out.
///
/// The nominal loop and the eight corners of mismatch start away from rest, at four setpoints and
/// four distances each, and run for 4,000 samples without noise, sensor steps or load. A loop whose
/// output still swings by more than a thousandth of the span at the end, and hardly less than 400
/// samples before, has a limit cycle or is unstable. It proves presence, not absence.
package struct LimitCycleSearch: Sendable {
    private let family: PlantFamily

    private static let samples = 4_000
    private static let window = 400
    /// Places of the setpoint in its range, and of the start away from it, in parts of its width.
    private static let places: [Double] = [0.15, 0.4, 0.6, 0.85]
    private static let offsets: [Double] = [-0.3, -0.02, 0.05, 0.4]
    private static let factors: [Double] = [0.7, 1, 1.3]
    /// Half the deviation of an episode's noise: below that nothing of it is seen in a loop.
    package static let leastSwing = 0.001
    /// What swings by less than this share of what it swung before is dying out.
    package static let dyingShare = 0.8

    package init(_ family: PlantFamily) {
        self.family = family
    }

    /// - Parameter make: a law at rest, for each corner.
    package func run<Law: LaneLaw>(_ make: () -> Law) throws(PlantFault) -> LimitCycles {
        var found = LimitCycles(
            loops: 0, sustained: 0, worstSwing: 0, worstGain: 1, worstTime: 1)
        for gain in Self.factors {
            for time in Self.factors {
                var law = make()
                let swings = swings(try block(gain: gain, time: time), &law)
                for (earlier, last) in zip(swings.earlier, swings.last) {
                    found.loops += 1
                    if Self.isSustained(earlier: earlier, last: last) { found.sustained += 1 }
                    // A swing that is no number is the worst of all.
                    if !(last <= found.worstSwing) {
                        found.worstSwing = last
                        found.worstGain = gain
                        found.worstTime = time
                    }
                }
            }
        }
        return found
    }

    /// Whether a loop that swung so much, and at the end so much, will go on.
    package static func isSustained(earlier: Double, last: Double) -> Bool {
        guard last.isFinite, earlier.isFinite else { return true }
        return last > leastSwing && last >= dyingShare * earlier
    }

    private func swings<Law: LaneLaw>(
        _ block: EpisodeBlock, _ law: inout Law
    ) -> (earlier: [Double], last: [Double]) {
        let infinite = Lanes(repeating: .infinity)
        var lows = [infinite, infinite]
        var highs = [-infinite, -infinite]
        _ = Rollout.run(block, &law) { sample, output, _ in
            let place = (sample - (Self.samples - 2 * Self.window)) / Self.window
            guard sample >= Self.samples - 2 * Self.window, place < 2 else { return }
            lows[place] = Lanes.minimum(lows[place], output)
            highs[place] = Lanes.maximum(highs[place], output)
        }
        let lanes = 0..<Lanes.scalarCount
        return (
            lanes.map { Double(highs[0][$0] - lows[0][$0]) },
            lanes.map { Double(highs[1][$0] - lows[1][$0]) }
        )
    }

    private func block(gain: Double, time: Double) throws(PlantFault) -> EpisodeBlock {
        let variation = PlantVariation.corner(lagCount: family.lagCount, gain: gain, time: time)
        let plants = family.plants(
            [PlantVariation](repeating: variation, count: Lanes.scalarCount))
        var generator = EpisodeGenerator(family, seed: 1, stream: 1)
        var block = try generator.block(plants, samples: Self.samples) { _ in }
        block.quantum = 0
        block.noise = [Lanes](repeating: .zero, count: Self.samples)
        let range = family.setpoints
        let width = range.upperBound - range.lowerBound
        var (level, start) = (Lanes.zero, Lanes.zero)
        for lane in 0..<Lanes.scalarCount {
            let wanted = range.lowerBound + Self.places[lane / 4] * width
            let begun = wanted + Self.offsets[lane % 4] * width
            level[lane] = Float(wanted)
            start[lane] = Float(min(max(begun, range.lowerBound), range.upperBound))
        }
        block.setpoint = [Lanes](repeating: level, count: Self.samples)
        let rest = try plants.equilibrium(output: start)
        block.startOutput = start
        block.startState = rest.state
        block.startCommand = rest.command - Float(family.standingLoad)
        return block
    }
}
