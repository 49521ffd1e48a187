/// A closed loop of sixteen episodes: plant, sensor, law, actuator.
package struct Rollout {
    /// What an episode cost, from sample 20 on.
    package struct Cost: Sendable {
        /// Sum of |setpoint - output|, of the output without noise.
        package var error = Lanes.zero
        /// Sum of the changes of the command.
        package var travel = Lanes.zero
        /// Error plus the family's price of travel.
        package var total = Lanes.zero
    }

    /// What is seen at every sample: output without noise, command as a part of its range.
    package typealias Watch = (_ sample: Int, _ output: Lanes, _ command: Lanes) -> Void

    /// Runs a law through a block.
    ///
    /// - Complexity: one step of sixteen plants and laws a sample.
    package static func run<Law: LaneLaw>(
        _ block: EpisodeBlock, _ law: inout Law, watch: Watch? = nil
    ) -> Cost {
        let plant = block.plants.plant
        var scratch = LaneScratch(stateCount: plant.stateCount)
        scratch.state = block.startState
        let start = (block.heldCommand - block.commandLow) / block.commandSpan
        var commands = CommandHistory(block)
        law.start(output: block.startOutput, command: start)
        var cost = Cost()
        var applied = start
        for sample in 0..<block.count {
            let output = plant.output(scratch.state.span)
            let measurement = quantised(output + block.noise[sample], block.quantum)
            let command = law.command(
                setpoint: block.setpoint[sample], measurement: measurement)
            if sample >= EpisodeBlock.settling {
                cost.error += magnitude(block.setpoint[sample] - output)
                cost.travel += magnitude(command - applied) * block.commandSpan
            }
            watch?(sample, output, command)
            applied = command
            commands.push(command * block.commandSpan + block.commandLow)
            let delayed = commands.delayed
            let load = block.load[sample]
            plant.advance(&scratch, now: delayed.now + load, before: delayed.before + load)
        }
        cost.total = cost.error + block.effortWeight * cost.travel
        return cost
    }

    /// To the nearest step of the sensor, halves to even.
    @inlinable
    package static func quantised(_ value: Lanes, _ quantum: Float) -> Lanes {
        quantum > 0 ? (value / quantum).rounded(.toNearestOrEven) * quantum : value
    }

    @inlinable
    package static func magnitude(_ value: Lanes) -> Lanes {
        value.replacing(with: -value, where: value .< 0)
    }
}

/// The commands that are on their way: what reaches each plant, after its own dead time.
package struct CommandHistory {
    /// A ring of samples to come. Each lane of a command is put down where its dead time ends.
    private var arriving: [Lanes]
    /// All bits set of the lanes that have the same dead time.
    private let groups: [(delay: Int, lanes: SIMD16<UInt32>)]
    private var present = 0

    package init(_ block: EpisodeBlock) {
        let delays = block.plants.delays
        groups = Set(delays).sorted().map { delay in
            var lanes = SIMD16<UInt32>.zero
            for lane in delays.indices where delays[lane] == delay { lanes[lane] = .max }
            return (delay, lanes)
        }
        arriving = [Lanes](repeating: block.heldCommand, count: (delays.max() ?? 0) + 2)
    }

    package mutating func push(_ command: Lanes) {
        let count = arriving.count
        present = present + 1 == count ? 0 : present + 1
        // Both types are sixteen times 32 bits. A mask of the library's is taken lane by lane.
        let bits = unsafe unsafeBitCast(command, to: SIMD16<UInt32>.self)
        for group in groups {
            var place = present + group.delay
            if place >= count { place -= count }
            let others = unsafe unsafeBitCast(arriving[place], to: SIMD16<UInt32>.self)
            arriving[place] = unsafe unsafeBitCast(
                (others & ~group.lanes) | (bits & group.lanes), to: Lanes.self)
        }
    }

    /// What reaches each plant: in the later and in the earlier part of the period.
    package var delayed: (now: Lanes, before: Lanes) {
        (arriving[present], arriving[present == 0 ? arriving.count - 1 : present - 1])
    }
}
