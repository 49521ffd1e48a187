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
    package mutating func probes(
        _ probe: SensitivityProbe = .usual, blocks: Int, spread: Double, loopGain: Double
    ) throws(PlantFault) -> [EpisodeBlock] {
        var result: [EpisodeBlock] = []
        for _ in 0..<blocks {
            let variations = (0..<Lanes.scalarCount).map { _ in
                PlantVariation.independent(lagCount: family.lagCount, spread: spread, &random)
            }
            result.append(
                try block(probe, family.plants(variations), loopGain: Lanes(loopGain)))
        }
        return result
    }

    /// The same after a blow and on plants far from the nominal one, since a law that is calm at rest on
    /// the plant that it knows may hunt there: each loop begins away from its setpoint by up to 0.4 of
    /// its range, and a load of up to 0.25 stands that the actuator can bear. Every other plant is at a
    /// corner of mismatch.
    package mutating func disturbedProbes(
        _ probe: SensitivityProbe, blocks: Int, loopGain: Double
    ) throws(PlantFault) -> [EpisodeBlock] {
        var result: [EpisodeBlock] = []
        for _ in 0..<blocks {
            let variations = (0..<Lanes.scalarCount).map { lane in
                lane.isMultiple(of: 2)
                    ? PlantVariation.corner(
                        lagCount: family.lagCount, gain: 1 + 0.3 * Double(random.integer(-1...1)),
                        time: 1 + 0.3 * Double(random.integer(-1...1)))
                    : PlantVariation.independent(
                        lagCount: family.lagCount, spread: 0.3, &random)
            }
            var block = try block(probe, family.plants(variations), loopGain: Lanes(loopGain))
            try disturb(&block)
            result.append(block)
        }
        return result
    }

    private mutating func disturb(_ block: inout EpisodeBlock) throws(PlantFault) {
        let range = family.setpoints
        let width = range.upperBound - range.lowerBound
        // Room for a sine within the command's range.
        let margin = 0.05 * family.commandSpan
        for lane in 0..<Lanes.scalarCount {
            let begun = Double(block.startOutput[lane]) + random.uniform(-0.4...0.4) * width
            block.startOutput[lane] = Float(min(max(begun, range.lowerBound), range.upperBound))
            // What holds the setpoint without a load.
            let command = Double(block.startCommand[lane])
            let highest = max(0, command - family.commandLow - margin)
            let lowest = min(0, command - family.commandLow - family.commandSpan + margin)
            let load = Float(min(max(random.uniform(-0.25...0.25), lowest), highest))
            for sample in 0..<block.count { block.load[sample][lane] += load }
        }
        let start = try block.plants.equilibrium(output: block.startOutput)
        block.startState = start.state
        block.startCommand = start.command - Float(family.standingLoad)
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
