package import Plants

/// Makes episodes of a family: plants at random, setpoints and loads of a signal class.
package struct EpisodeGenerator: Sendable {
    package let family: PlantFamily
    var random: EpisodeRandom

    package init(_ family: PlantFamily, seed: UInt64, stream: UInt64) {
        self.family = family
        random = EpisodeRandom(seed: seed, stream: stream)
    }

    // MARK: Tests

    /// Blocks of the test family (every parameter within a quarter of nominal) for one class.
    package mutating func test(
        _ signal: SignalClass, blocks: Int, samples: Int = 320, spread: Double = 0.25
    ) throws(PlantFault) -> [EpisodeBlock] {
        var result: [EpisodeBlock] = []
        for _ in 0..<blocks {
            result.append(
                try block(neighbours(spread: spread), samples: samples) { draft in
                    draft.apply(signal)
                })
        }
        return result
    }

    /// Blocks of the nine corners of mismatch, gain and time each 0.7, 1 and 1.3 of nominal, on
    /// steps; one block for each, gain first.
    package mutating func corners(blocksEach: Int = 2) throws(PlantFault) -> [[EpisodeBlock]] {
        var result: [[EpisodeBlock]] = []
        for gain in [0.7, 1, 1.3] {
            for time in [0.7, 1, 1.3] {
                let variation = PlantVariation.corner(
                    lagCount: family.lagCount, gain: gain, time: time)
                let variations = [PlantVariation](repeating: variation, count: Lanes.scalarCount)
                var blocks: [EpisodeBlock] = []
                for _ in 0..<blocksEach {
                    blocks.append(try block(variations, samples: 320) { $0.apply(.steps) })
                }
                result.append(blocks)
            }
        }
        return result
    }

    /// Steps to one level and a load of `size` that stays, for the offset after a long time.
    package mutating func longHolds(
        blocks: Int, samples: Int = 1_600, load size: Double
    ) throws(PlantFault) -> [EpisodeBlock] {
        var result: [EpisodeBlock] = []
        for _ in 0..<blocks {
            result.append(
                try block(neighbours(spread: 0.25), samples: samples) { $0.hold(load: size) })
        }
        return result
    }

    // MARK: Training

    /// Blocks of the wide family with the mixture of classes: 35 % steps, 18 % small steps, 7 % long
    /// holds, 13 % ramps, 13 % sine loads, 14 % random walks; three in ten with less noise.
    package mutating func mixture(
        blocks: Int, samples: Int = 320
    ) throws(PlantFault) -> [EpisodeBlock] {
        var result: [EpisodeBlock] = []
        for _ in 0..<blocks {
            let variations = (0..<Lanes.scalarCount).map { _ in
                PlantVariation.wide(lagCount: family.lagCount, &random)
            }
            result.append(try block(variations, samples: samples) { $0.applyMixture() })
        }
        return result
    }

    // MARK: One block

    /// Sixteen plants with each parameter within a share of nominal.
    mutating func neighbours(spread: Double) -> [PlantVariation] {
        (0..<Lanes.scalarCount).map { _ in
            .independent(lagCount: family.lagCount, spread: spread, &random)
        }
    }

    /// Draws sixteen episodes on the given plants; `shape` fills setpoint and load of each.
    package mutating func block(
        _ variations: [PlantVariation], samples: Int, shape: (inout EpisodeDraft) -> Void
    ) throws(PlantFault) -> EpisodeBlock {
        try block(family.plants(variations), samples: samples, shape: shape)
    }

    package mutating func block(
        _ plants: PlantLanes, samples: Int, shape: (inout EpisodeDraft) -> Void
    ) throws(PlantFault) -> EpisodeBlock {
        let zeros = [Lanes](repeating: .zero, count: samples)
        var block = EpisodeBlock(
            plants: plants, commandLow: Float(family.commandLow),
            commandSpan: Float(family.commandSpan), effortWeight: Float(family.effortWeight),
            quantum: Float(family.quantum), setpoint: zeros, load: zeros, noise: zeros,
            startOutput: .zero, startState: [], startCommand: .zero)
        let levels = try EpisodeLevels.draw(family, plants, &random)
        for lane in 0..<Lanes.scalarCount {
            var draft = EpisodeDraft(
                samples: samples, levels: levels[lane], family: family, random: random)
            shape(&draft)
            random = draft.random
            for sample in 0..<samples {
                block.setpoint[sample][lane] = Float(draft.setpoint[sample])
                block.load[sample][lane] = Float(draft.load[sample] + family.standingLoad)
                block.noise[sample][lane] = Float(random.normal() * draft.noise * family.noise)
            }
            block.startOutput[lane] = Float(draft.levels.start)
        }
        let start = try plants.equilibrium(output: block.startOutput)
        block.startState = start.state
        block.startCommand = start.command - Float(family.standingLoad)
        return block
    }
}
