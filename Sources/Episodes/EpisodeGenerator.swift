package import Plants

/// Makes episodes of a family: plants at random, setpoints and loads of a signal class.
package struct EpisodeGenerator: Sendable {
    package let family: PlantFamily
    private var random: EpisodeRandom

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
            let variations = (0..<Lanes.scalarCount).map { _ in
                PlantVariation.independent(lagCount: family.lagCount, spread: spread, &random)
            }
            result.append(
                try block(variations, samples: samples) { draft in
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
            let variations = (0..<Lanes.scalarCount).map { _ in
                PlantVariation.independent(lagCount: family.lagCount, spread: 0.25, &random)
            }
            result.append(
                try block(variations, samples: samples) { $0.hold(load: size) })
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

    /// Blocks at rest at random setpoints of the test family, with a sine on the measurement at a
    /// random frequency in each lane: what makes the sensitivity a cost.
    ///
    /// - Parameter load: the largest that stands in every other lane from the lead's begin on, where
    ///   the actuator can bear it: a law that is calm at rest may hunt under a load.
    package mutating func probes(
        _ probe: SensitivityProbe = .usual, blocks: Int, spread: Double, loopGain: Double,
        load: Double = 0
    ) throws(PlantFault) -> [EpisodeBlock] {
        var result: [EpisodeBlock] = []
        for _ in 0..<blocks {
            let variations = (0..<Lanes.scalarCount).map { _ in
                PlantVariation.independent(lagCount: family.lagCount, spread: spread, &random)
            }
            var block = try block(probe, family.plants(variations), loopGain: Lanes(loopGain))
            if load > 0 { stand(load, in: &block) }
            result.append(block)
        }
        return result
    }

    private mutating func stand(_ largest: Double, in block: inout EpisodeBlock) {
        // What the command may be moved by, in parts of its range, and still leave room for a sine.
        let margin = 0.05 * family.commandSpan
        for lane in stride(from: 0, to: Lanes.scalarCount, by: 2) {
            let rest = Double(block.startCommand[lane])
            let load = random.sign() * random.uniform(0...largest)
            let highest = max(0, rest - family.commandLow - margin)
            let lowest = min(0, rest - family.commandLow - family.commandSpan + margin)
            for sample in 0..<block.count {
                block.load[sample][lane] += Float(min(max(load, lowest), highest))
            }
        }
    }

    /// One block of probes. The amplitude is another in each lane too: a law may answer otherwise to
    /// small deviations than to larger ones.
    ///
    /// - Parameter loopGain: command range per span that a PI by rule has: what a law with a large
    ///   gain gets is smaller, so that the command stays within its range.
    package mutating func block(
        _ probe: SensitivityProbe, _ plants: PlantLanes, loopGain: Lanes
    ) throws(PlantFault) -> EpisodeBlock {
        var block = try block(plants, samples: probe.samples) { _ in }
        block.quantum = 0
        var (turns, amplitude) = (Lanes.zero, Lanes.zero)
        for lane in 0..<Lanes.scalarCount {
            turns[lane] = Float(random.logUniform(probe.turns).rounded())
            let size = random.logUniform(SensitivityProbe.amplitudes)
            amplitude[lane] =
                Float(size) * min(1, SensitivityProbe.usualGain / loopGain[lane])
        }
        for sample in 0..<block.count {
            block.noise[sample] = amplitude * probe.wave(turns, at: sample).sine
        }
        block.goal = .sensitivity(amplitude: amplitude)
        block.lead = SensitivityProbe.lead
        return block
    }

    // MARK: One block

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
