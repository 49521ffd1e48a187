package import Plants

/// Probes: blocks of loops at rest with a sine on the measurement, at a random frequency in each lane.
/// They make the sensitivity a cost.
extension EpisodeGenerator {
    /// Probes on plants of the test family, at random setpoints.
    package mutating func probes(
        _ probe: SensitivityProbe = .usual, blocks: Int, spread: Double, loopGain: Double
    ) throws(PlantFault) -> [EpisodeBlock] {
        var result: [EpisodeBlock] = []
        for _ in 0..<blocks {
            let plants = family.plants(neighbours(spread: spread))
            result.append(try block(probe, plants, loopGain: Lanes(loopGain)))
        }
        return result
    }

    /// Probes after a blow, and on plants far from the nominal one, since a law that is calm at rest on the
    /// plant that it knows may hunt there: each loop begins away from its setpoint by up to 0.4 of its
    /// range, and a load of up to 0.25 stands that the actuator can bear. Every other plant is at a corner
    /// of mismatch, where a law may be less robust, but must not hunt.
    package mutating func disturbedProbes(
        _ probe: SensitivityProbe, blocks: Int, loopGain: Double
    ) throws(PlantFault) -> [EpisodeBlock] {
        func isAtCorner(_ lane: Int) -> Bool { lane.isMultiple(of: 2) }
        var result: [EpisodeBlock] = []
        for _ in 0..<blocks {
            let variations = (0..<Lanes.scalarCount).map { lane in
                isAtCorner(lane)
                    ? PlantVariation.corner(
                        lagCount: family.lagCount, gain: 1 + 0.3 * Double(random.integer(-1...1)),
                        time: 1 + 0.3 * Double(random.integer(-1...1)))
                    : PlantVariation.independent(
                        lagCount: family.lagCount, spread: 0.2, &random)
            }
            var block = try block(
                probe, family.plants(variations), loopGain: Lanes(loopGain)
            ) { isAtCorner($0) ? .calm : .robust }
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
    /// - Parameters:
    ///   - loopGain: command range per span that a PI by rule has: what a law with a large gain gets is
    ///     smaller, so that the command stays within its range.
    ///   - demand: of each lane.
    package mutating func block(
        _ probe: SensitivityProbe, _ plants: PlantLanes, loopGain: Lanes,
        demand: (Int) -> SensitivityProbe.Demand = { _ in .robust }
    ) throws(PlantFault) -> EpisodeBlock {
        var block = try block(plants, samples: probe.samples) { _ in }
        block.quantum = 0
        var (turns, amplitude, limit) = (Lanes.zero, Lanes.zero, Lanes.zero)
        for lane in 0..<Lanes.scalarCount {
            let demand = demand(lane)
            limit[lane] = demand.limit
            turns[lane] = Float(random.logUniform(probe.turns).rounded())
            let size = random.logUniform(demand.amplitudes)
            amplitude[lane] =
                Float(size) * min(1, SensitivityProbe.usualGain / loopGain[lane])
        }
        for sample in 0..<block.count {
            block.noise[sample] = amplitude * probe.wave(turns, at: sample).sine
        }
        block.goal = .sensitivity(amplitude: amplitude, limit: limit)
        block.lead = SensitivityProbe.lead
        return block
    }
}
