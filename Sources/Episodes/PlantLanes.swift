package import Plants
package import Tuning

/// Sixteen plants with their dead times, and where each rests.
package struct PlantLanes: Sendable {
    package let plant: any LanePlant
    /// Whole periods by which each lane's command is late.
    package let delays: [Int]
    private let rest: Rest

    private enum Rest: Sendable {
        case linear([StateSpace], [SampledStateSpace])
        case nonlinear(NonlinearLanes)
    }

    /// - Precondition: sixteen chains.
    package init(chains: [ChainModel], periodSeconds: Double) {
        self.init(
            chains.map { ($0.stateSpace, $0.deadTime) }, periodSeconds: periodSeconds)
    }

    /// - Precondition: sixteen processes.
    package init(
        _ processes: [(space: StateSpace, deadTimeSeconds: Double)], periodSeconds: Double
    ) {
        let sampled = processes.map {
            SampledStateSpace(
                $0.space, deadTimeSeconds: $0.deadTimeSeconds, periodSeconds: periodSeconds)
        }
        let lanes = LinearLanes(sampled)
        plant = lanes
        delays = sampled.map(\.delay)
        rest = .linear(processes.map(\.space), sampled)
    }

    init(_ lanes: NonlinearLanes, delays: [Int]) {
        plant = lanes
        self.delays = delays
        rest = .nonlinear(lanes)
    }

    /// The state and the command that hold the given outputs.
    ///
    /// For an integrating process the command is 0.
    package func equilibrium(
        output: Lanes
    ) throws(PlantFault) -> (state: [Lanes], command: Lanes) {
        switch rest {
        case .nonlinear(let lanes): return try lanes.equilibrium(output: output)
        case .linear(let spaces, _):
            var state = [Lanes](repeating: .zero, count: plant.stateCount)
            var command = Lanes.zero
            for (lane, space) in spaces.enumerated() {
                let target = Double(output[lane])
                guard let (found, u) = space.rest(output: target) else { throw .noEquilibrium }
                // The state of a process that its command reaches at once.
                let whole = space.d == 0 ? found : found + [u]
                for (index, value) in whole.enumerated() { state[index][lane] = Float(value) }
                command[lane] = Float(u)
            }
            return (state, command)
        }
    }
}

extension PlantLanes {
    /// The sampled linear model of one lane about an output at rest, its delay included.
    package func linearised(lane: Int, output: Lanes) throws(PlantFault) -> SampledStateSpace {
        switch rest {
        case .linear(_, let sampled): return sampled[lane]
        case .nonlinear(let lanes):
            let (state, command) = try lanes.equilibrium(output: output)
            return lanes.linearised(
                lane: lane, state: state, command: command, delay: delays[lane])
        }
    }
}
