package import Episodes

/// Runs a float law through a block of episodes and comes back with the gradient of its cost:
/// reverse mode by hand through law, clip, dead time and plant.
///
/// The cost is the smooth one: `sum sqrt((r-y)^2 + 1e-6) + price sqrt(du^2 + 1e-6)`. The gradient of
/// the clip is the true one, 0 when saturated. Adjoints are clipped on the way, so that one unstable
/// episode does not drown the others. The samples of a lead are run without a gradient.
package struct EpisodeGradient {
    /// Sums over the lanes, each episode with its weight.
    package struct Result: Sendable {
        package var cost = 0.0
        package var gradient: [Double]
        package var isFinite: Bool { cost.isFinite && gradient.allSatisfy(\.isFinite) }
    }

    private let samples: Int
    private let layout: LawLayout
    private var tape: NetworkTape
    private var outputs: [Lanes]
    private var errors: [Lanes]
    private var wanted: [Lanes]
    private var applied: [Lanes]
    private var shares: [Lanes]
    private var jacobians: [Lanes] = []
    /// Gains of the features and of the integrator, in every lane.
    private var gains: [Lanes] = []
    private var integralGain = Lanes.zero
    private var integralReach = Lanes.zero
    private(set) var sensitivity: SensitivityCost?

    /// Bound of the adjoints of hidden values, cells and commands, for a cost of order 10.
    private static let adjointLimit: Float = 3
    /// Smoothness of the cost.
    private static let roundness: Float = 1e-6
    /// Samples whose weight gradient is summed at a time: they fit in the first cache.
    private static let chunk = 16

    package init(_ layout: LawLayout, samples: Int) {
        self.samples = samples
        self.layout = layout
        tape = NetworkTape(layout, samples: samples)
        outputs = [Lanes](repeating: .zero, count: samples)
        errors = outputs
        wanted = outputs
        applied = outputs
        shares = outputs
    }

    /// - Precondition: the block has as many samples as this was made for.
    package mutating func run(_ law: FloatLaw, _ block: EpisodeBlock) -> Result {
        precondition(block.count == samples && law.layout == layout)
        forward(law, block)
        var result = Result(gradient: [Double](repeating: 0, count: layout.count))
        switch block.goal {
        case .tracking:
            sensitivity = nil
            result.cost = (cost(block) * block.weight).total
        case .sensitivity(let amplitude, let limit):
            let outputs = outputs
            let probe = SensitivityCost(
                amplitude: amplitude, limit: limit, samples: samples
            ) {
                outputs[$0] + block.noise[$0] - block.setpoint[$0]
            }
            sensitivity = probe
            result.cost = (probe.cost * block.weight).total
        }
        var back = WayBack(layout, samples: samples, plant: block.plants.plant)
        back.run(law, block, self, tape: &tape, into: &result)
        return result
    }

    // MARK: Forward

    private mutating func forward(_ law: FloatLaw, _ block: EpisodeBlock) {
        let plant = block.plants.plant
        let slots = plant.jacobianCount
        if jacobians.count != slots * samples {
            jacobians = [Lanes](repeating: .zero, count: slots * samples)
        }
        var scratch = LaneScratch(stateCount: plant.stateCount)
        scratch.state = block.startState
        let start = (block.heldCommand - block.commandLow) / block.commandSpan
        var commands = CommandHistory(block)
        var loop = LoopMemory(output: block.startOutput, command: start)
        gains = law.features.map { $0.gains(block.conditions) }
        integralGain = law.integrals(block.conditions)
        integralReach = law.integralReaches(integralGain)
        let trackingGain = Float(law.tracking)
        tape.begin()
        // A lead is of a probe: its sine goes on.
        let window = max(1, samples - SensitivityProbe.settling)
        for step in -block.lead..<samples {
            // The lead runs in the tape's first place.
            let sample = max(step, 0)
            let noise = block.noise[step < 0 ? (step + block.lead) % window : step]
            let output = plant.output(scratch.state.span)
            let measurement = Rollout.quantised(output + noise, block.quantum)
            let setpoint = block.setpoint[sample]
            let quantities = loop.quantities(setpoint: setpoint, measurement: measurement)
            for (index, feature) in law.features.enumerated() {
                tape.setFeature(
                    index, gains[index] * quantities.value(feature.source),
                    reach: Float(feature.reach), at: sample)
            }
            let result = tape.step(law.parameters.span, at: sample)
            let share = layout.isGated ? 2 * Lanes.sigmoid(result.gate) : Lanes(repeating: 1)
            let counted = Lanes.bounded(quantities.error, within: integralReach)
            loop.integral += integralGain * share * counted
            let target = loop.integral + result.q
            let command = Lanes.minimum(Lanes.maximum(target, .zero), Lanes(repeating: 1))
            loop.integral += trackingGain * (command - target)
            loop.advance(setpoint: setpoint, measurement: measurement, applied: command)
            outputs[sample] = output
            errors[sample] = quantities.error
            wanted[sample] = target
            applied[sample] = command
            shares[sample] = share
            commands.push(command * block.commandSpan + block.commandLow)
            let delayed = commands.delayed
            let load = block.load[sample]
            var all = jacobians.mutableSpan
            plant.advance(
                &scratch, now: delayed.now + load, before: delayed.before + load,
                jacobian: &all, from: sample * slots)
            if step < 0 { tape.rewind() }
        }
    }

    private func cost(_ block: EpisodeBlock) -> Lanes {
        var sum = Lanes.zero
        for sample in EpisodeBlock.settling..<samples {
            let error = block.setpoint[sample] - outputs[sample]
            let change = (applied[sample] - applied[sample - 1]) * block.commandSpan
            sum += (error * error + Self.roundness).squareRoot()
            sum += block.effortWeight * (change * change + Self.roundness).squareRoot()
        }
        return sum
    }

    // MARK: Back

    /// Adjoints while they travel from the last sample to the first.
    private struct WayBack {
        let layout: LawLayout
        var scratch: LaneScratch
        var state: [Lanes]
        var hidden: [Lanes]
        var cell: [Lanes]
        var operand: [Lanes]
        var integral = Lanes.zero
        /// Of each sample's command; dead time and features of later samples add to it.
        var commands: [Lanes]
        var measurement = Lanes.zero
        var weights: [Lanes]
        var biases: [Lanes]
        var outputWeights: [Lanes]
        var gateBias = Lanes.zero
        var logIntegral = Lanes.zero
        var tracking = Lanes.zero

        init(_ layout: LawLayout, samples: Int, plant: any LanePlant) {
            self.layout = layout
            scratch = LaneScratch(stateCount: plant.stateCount)
            state = scratch.state
            hidden = [Lanes](repeating: .zero, count: layout.units)
            cell = hidden
            operand = [Lanes](repeating: .zero, count: layout.columns)
            commands = [Lanes](repeating: .zero, count: samples)
            weights = [Lanes](repeating: .zero, count: layout.rows * layout.columns)
            biases = [Lanes](repeating: .zero, count: layout.rows)
            outputWeights = [Lanes](repeating: .zero, count: layout.outputs * layout.units)
        }

        mutating func run(
            _ law: FloatLaw, _ block: EpisodeBlock, _ forward: EpisodeGradient,
            tape: inout NetworkTape, into result: inout Result
        ) {
            let transposed = law.transposedWeights
            // What a probe says is scaled by its length: no other price may be in it.
            let isProbe = forward.sensitivity != nil
            var pending = block.count
            for sample in stride(from: block.count - 1, through: 0, by: -1) {
                plant(block, forward, sample)
                cost(block, forward, sample)
                let network = control(law, forward, sample)
                outputs(law, tape, network, sample)
                limit()
                tape.pullBack(
                    transposed.span, at: sample, hidden: hidden, cell: &cell, operand: &operand,
                    longest: isProbe ? 1 : law.longestMemory,
                    largest: isProbe ? .infinity : law.largestCell)
                features(law, block, forward, tape, sample, error: network.error)
                if pending - sample == EpisodeGradient.chunk || sample == 0 {
                    tape.accumulate(
                        samples: sample..<pending, weights: &weights, biases: &biases)
                    pending = sample
                }
            }
            collect(law, into: &result)
        }

        /// Through the plant's step: its state, and the commands that reached it.
        private mutating func plant(
            _ block: EpisodeBlock, _ forward: EpisodeGradient, _ sample: Int
        ) {
            let slots = block.plants.plant.jacobianCount
            let reached = block.plants.plant.pullBack(
                &state, &scratch,
                jacobian: forward.jacobians.span.extracting(
                    (sample * slots)..<((sample + 1) * slots)))
            for lane in 0..<Lanes.scalarCount {
                let source = sample - block.plants.delays[lane]
                if source >= 0 { commands[source][lane] += reached.now[lane] * block.commandSpan }
                if source >= 1 {
                    commands[source - 1][lane] += reached.before[lane] * block.commandSpan
                }
            }
        }

        /// What the cost of this sample says of output and command.
        private mutating func cost(
            _ block: EpisodeBlock, _ forward: EpisodeGradient, _ sample: Int
        ) {
            if let sensitivity = forward.sensitivity {
                block.plants.plant.addOutput(
                    sensitivity.slope(at: sample) * block.weight, to: &state)
                return
            }
            guard sample >= EpisodeBlock.settling else { return }
            let error = block.setpoint[sample] - forward.outputs[sample]
            let slope = error / (error * error + EpisodeGradient.roundness).squareRoot()
            block.plants.plant.addOutput(-slope * block.weight, to: &state)
            let change =
                (forward.applied[sample] - forward.applied[sample - 1]) * block.commandSpan
            let steepness = change / (change * change + EpisodeGradient.roundness).squareRoot()
            let price = steepness * block.weight * (block.effortWeight * block.commandSpan)
            commands[sample] += price
            commands[sample - 1] -= price
        }

        /// Through anti-windup, clip and integrator. Returns the adjoints of the network's outputs
        /// and of the error.
        private mutating func control(
            _ law: FloatLaw, _ forward: EpisodeGradient, _ sample: Int
        ) -> (q: Lanes, gate: Lanes, error: Lanes) {
            let integralGain = forward.integralGain
            let trackingGain = Float(law.tracking)
            let target = forward.wanted[sample]
            var command = commands[sample] + trackingGain * integral
            command = bounded(command, EpisodeGradient.adjointLimit)
            tracking += integral * (forward.applied[sample] - target)
            let isFree = (target .> 0) .& (target .< 1)
            let wanted =
                Lanes.zero.replacing(with: command, where: isFree) - trackingGain * integral
            integral += wanted
            let error = forward.errors[sample]
            let counted = Lanes.bounded(error, within: forward.integralReach)
            let share = forward.shares[sample]
            logIntegral += integral * integralGain * share * counted
            var gate = Lanes.zero
            if law.layout.isGated {
                gate = integral * integralGain * counted * share * (1 - share / 2)
            }
            // Beyond its reach the integral does not see more of the error.
            let reached = (integral * integralGain * share)
                .replacing(with: 0, where: counted .!= error)
            return (wanted, gate, reached)
        }

        /// Through the output rows, into the hidden values after the step.
        private mutating func outputs(
            _ law: FloatLaw, _ tape: NetworkTape, _ adjoint: (q: Lanes, gate: Lanes, error: Lanes),
            _ sample: Int
        ) {
            let units = layout.units
            let start = layout.outputWeights.lowerBound
            for unit in 0..<units {
                let value = tape.hidden(unit, after: sample)
                hidden[unit] += law.parameters[start + unit] * adjoint.q
                outputWeights[unit] += adjoint.q * value
                guard layout.isGated else { continue }
                hidden[unit] += law.parameters[start + units + unit] * adjoint.gate
                outputWeights[units + unit] += adjoint.gate * value
            }
            gateBias += adjoint.gate
        }

        private mutating func limit() {
            for unit in 0..<layout.units {
                hidden[unit] = bounded(hidden[unit], EpisodeGradient.adjointLimit)
                cell[unit] = bounded(cell[unit], EpisodeGradient.adjointLimit)
            }
            integral = bounded(integral, 4 * EpisodeGradient.adjointLimit)
        }

        /// Through the features, into measurement and earlier commands, and on to the state.
        private mutating func features(
            _ law: FloatLaw, _ block: EpisodeBlock, _ forward: EpisodeGradient,
            _ tape: NetworkTape, _ sample: Int, error: Lanes
        ) {
            var quantities = LoopQuantities()
            for (index, feature) in law.features.enumerated() {
                let adjoint = tape.pulledBack(
                    operand[index], of: index, reach: Float(feature.reach), at: sample)
                quantities.add(forward.gains[index] * adjoint, to: feature.source)
            }
            for unit in 0..<layout.units { hidden[unit] = operand[layout.features + unit] }
            let slope = sample > 0 ? quantities.measurementChange : .zero
            let seen =
                measurement - (error + quantities.error) + slope + quantities.measurement
            measurement = -slope
            // The quantiser passes its adjoint straight through.
            block.plants.plant.addOutput(seen, to: &state)
            if sample >= 1 {
                commands[sample - 1] += quantities.commandChange + quantities.command
            }
            if sample >= 2 { commands[sample - 2] -= quantities.commandChange }
        }

        private func collect(_ law: FloatLaw, into result: inout Result) {
            for (index, sum) in weights.enumerated() { result.gradient[index] = sum.total }
            for (index, sum) in biases.enumerated() {
                result.gradient[layout.biases.lowerBound + index] = sum.total
            }
            for (index, sum) in outputWeights.enumerated() {
                result.gradient[layout.outputWeights.lowerBound + index] = sum.total
            }
            result.gradient[layout.gateBias] = gateBias.total
            result.gradient[layout.logIntegral] = logIntegral.total
            let gain = law.tracking
            result.gradient[layout.logitTracking] = tracking.total * gain * (1 - gain)
        }

        private func bounded(_ value: Lanes, _ limit: Float) -> Lanes {
            Lanes.bounded(value, within: Lanes(repeating: limit))
        }
    }
}
