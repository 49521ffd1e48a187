import Episodes
package import ModelFile
import Plants
package import Training

/// A plant under a user's own signal: the law in the product's loop, and the PIDs beside it.
package struct SignalRun: Sendable {
    package let plant: PlantCase
    private let block: EpisodeBlock
    private let seconds: Double

    /// Samples of a signal at the plant's sample time.
    package static let samples = 2...200_000

    package enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
        case length(samples: Int, periodSeconds: Double)
        /// No command within the range holds the first setpoint.
        case start(setpoint: Double)
        case plant(String)

        package var description: String {
            switch self {
            case .length(let samples, let period):
                "the signal has \(samples) samples of \(period) s; allowed: "
                    + "\(SignalRun.samples.lowerBound) to \(SignalRun.samples.upperBound)"
            case .start(let setpoint):
                "the signal begins at a setpoint of \(setpoint), which no command within the range "
                    + "holds: the run has to begin at rest"
            case .plant(let reason): reason
            }
        }
    }

    package init(_ plant: PlantCase, _ signal: Signal, seed: UInt64 = 777) throws(Fault) {
        self.plant = plant
        let family = plant.family
        seconds = family.periodSeconds
        let count = signal.sampleCount(periodSeconds: seconds)
        guard Self.samples.contains(count) else {
            throw .length(samples: count, periodSeconds: seconds)
        }
        let (setpoints, loads) = signal.sampled(periodSeconds: seconds)
        do throws(PlantFault) {
            block = try Self.block(plant, setpoints, loads, seed: seed)
        } catch {
            throw .plant("\(error)")
        }
        let slack: Float = 1e-4
        let (low, high) = (block.commandLow, block.commandLow + block.commandSpan)
        let start = block.startCommand[0]
        guard start >= low - slack, start <= high + slack else {
            throw .start(setpoint: setpoints[0])
        }
    }

    /// The nominal plant in lane 0, relatives in the others, which begin as near to rest as the
    /// range of the command allows.
    private static func block(
        _ plant: PlantCase, _ setpoints: [Double], _ loads: [Double], seed: UInt64
    ) throws(PlantFault) -> EpisodeBlock {
        let family = plant.family
        var random = EpisodeRandom(seed: seed, stream: 41)
        var variations = [PlantVariation(lagCount: family.lagCount)]
        while variations.count < Lanes.scalarCount {
            variations.append(
                PlantVariation.independent(lagCount: family.lagCount, spread: 0.25, &random))
        }
        let plants = family.plants(variations)
        var generator = EpisodeGenerator(family, seed: seed, stream: 43)
        // Setpoint and load of the draft are replaced; its noise stays.
        var block = try generator.block(plants, samples: setpoints.count) { _ in }
        for sample in setpoints.indices {
            let setpoint = plant.units.normalised(output: setpoints[sample])
            block.setpoint[sample] = Lanes(setpoint)
            block.load[sample] = Lanes(
                loads[sample] / plant.units.commandUnit + family.standingLoad)
        }
        let rest = try plants.equilibrium(output: block.setpoint[0])
        block.startOutput = block.setpoint[0]
        block.startState = rest.state
        block.startCommand = rest.command - block.load[0]
        return block
    }

    // MARK: Running

    package func run(_ model: Model, _ baselines: Baselines) throws -> SignalScore {
        var law = try LoopLanes(model, fallback: baselines.fallback)
        let own = trace(&law)
        let ticks = Double(block.count * Lanes.scalarCount)
        var laws = [figures("law", own, against: own)]
        for baseline in baselines.gains {
            var pid = LanePID(LanePIDGains(baseline.gains))
            laws.append(figures(baseline.name, trace(&pid), against: own))
        }
        return SignalScore(
            plant: plant.family.name, periodSeconds: seconds, samples: block.count, laws: laws,
            strayShare: Double(law.strayTicks) / ticks)
    }

    /// What a law did: figures of all lanes, and the course of the nominal one.
    private struct Trace {
        var error = Lanes.zero
        var travel = Lanes.zero
        var largest: Float = 0
        var errors: [Float] = []
    }

    private func trace<Law: LaneLaw>(_ law: inout Law) -> Trace {
        var trace = Trace()
        var before: Lanes?
        _ = Rollout.run(block, &law) { sample, output, command in
            let error = block.setpoint[sample] - output
            trace.error += Rollout.magnitude(error)
            if let before { trace.travel += Rollout.magnitude(command - before) }
            before = command
            trace.largest = max(trace.largest, abs(error[0]))
            trace.errors.append(error[0])
        }
        return trace
    }

    private func figures(
        _ name: String, _ trace: Trace, against own: Trace
    ) -> SignalScore.LawFigures {
        let span = plant.units.outputSpan
        let ratio = cost(own) / cost(trace)
        let tail = trace.errors.suffix(max(1, trace.errors.count / 10))
        let final = tail.reduce(0.0) { $0 + Double($1) } / Double(tail.count)
        return SignalScore.LawFigures(
            law: name, iae: Double(trace.error[0]) * span * seconds,
            totalVariation: Double(trace.travel[0]) * plant.family.commandSpan
                * plant.units.commandUnit,
            largestError: Double(trace.largest) * span, finalError: final * span,
            cost: Double(cost(trace)[0]), lawOver: Double(ratio[0]),
            lawOverWorst: (1..<Lanes.scalarCount).map { Double(ratio[$0]) }.max() ?? .nan)
    }

    private func cost(_ trace: Trace) -> Lanes {
        trace.error + block.effortWeight * block.commandSpan * trace.travel
    }
}
