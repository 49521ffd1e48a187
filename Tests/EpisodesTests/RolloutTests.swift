import EpisodeReference
import Episodes
import Testing

/// The PID of a lane, written again for one episode in double precision.
private struct ScalarPID {
    let gains: SamplePIDGains
    var integral = 0.0
    var filtered = 0.0
    var derivative = 0.0

    init(_ gains: SamplePIDGains, output: Double, command: Double) {
        self.gains = gains
        filtered = output
        integral = command - gains.proportional * (gains.setpointWeight - 1) * output
    }

    mutating func command(setpoint: Double, measurement: Double) -> Double {
        let keep = gains.measurementFilterSamples / (1 + gains.measurementFilterSamples)
        let pole = gains.derivativeFilterSamples / (1 + gains.derivativeFilterSamples)
        let next = (1 - keep) * measurement + keep * filtered
        derivative = pole * derivative - (1 - pole) * gains.derivative * (next - filtered)
        filtered = next
        integral += gains.integral * (setpoint - filtered)
        let wanted =
            gains.proportional * (gains.setpointWeight * setpoint - filtered) + integral
            + derivative
        let applied = min(max(wanted, 0), 1)
        integral += gains.tracking * (applied - wanted)
        return applied
    }
}

@Suite("Sixteen closed loops")
struct RolloutTests {
    #if DEBUG
        private let samples = 120
    #else
        private let samples = 320
    #endif

    private static let families =
        ReferenceFamilies.linear + ReferenceFamilies.nonlinear

    private static func gains(_ family: PlantFamily) -> SamplePIDGains {
        var gains = SamplePIDGains(proportional: 0.6, integral: 0.06, tracking: 0.2)
        gains.derivative = 0.9
        gains.derivativeFilterSamples = 1.5
        gains.measurementFilterSamples = 0.4
        gains.setpointWeight = 0.7
        if family.name == "integrator" { gains.integral = 0.01 }
        if family.name == "eight lags" { gains.integral = 0.03 }
        return gains
    }

    @Test(
        "the cost of a lane is that of the same loop of one plant and a PID in double precision",
        arguments: families)
    func costs(family: PlantFamily) throws {
        var random = EpisodeRandom(seed: 5, stream: 6)
        let variations = (0..<Lanes.scalarCount).map { _ in
            PlantVariation.independent(lagCount: family.lagCount, spread: 0.2, &random)
        }
        var generator = EpisodeGenerator(family, seed: 15, stream: 6)
        var block = try generator.block(variations, samples: samples) { $0.apply(.steps) }
        // A quantum turns a difference of a billionth into one of its own size.
        block.quantum = 0
        let gains = Self.gains(family)
        var law = LanePID(LanePIDGains(gains))
        let cost = Rollout.run(block, &law)
        for lane in [0, 3, 10, 15] {
            var plant = try ScalarPlant(
                family, variations[lane], output: Double(block.startOutput[lane]))
            let low = Double(block.commandLow)
            let span = Double(block.commandSpan)
            var applied = (plant.startCommand - low) / span
            var pid = ScalarPID(gains, output: plant.output, command: applied)
            var (error, travel) = (0.0, 0.0)
            for sample in 0..<samples {
                let setpoint = Double(block.setpoint[sample][lane])
                let command = pid.command(
                    setpoint: setpoint,
                    measurement: plant.output + Double(block.noise[sample][lane]))
                if sample >= 20 {
                    error += abs(setpoint - plant.output)
                    travel += abs(command - applied) * span
                }
                applied = command
                plant.step(
                    command: command * span + low, load: Double(block.load[sample][lane]))
            }
            // 3e-5 of the span in each sample for linear plants, 1e-4 for the others.
            let tolerance = Double(samples) * (family.lagCount > 2 ? 3e-5 : 1e-4)
            #expect(abs(Double(cost.error[lane]) - error) < tolerance, "\(family.name)")
            #expect(abs(Double(cost.travel[lane]) - travel) < tolerance, "\(family.name)")
            let total = error + family.effortWeight * travel
            #expect(abs(Double(cost.total[lane]) - total) < 2 * tolerance)
            #expect(abs(Double(cost.total[lane]) / total - 1) < 2e-3, "\(family.name)")
        }
    }

    @Test("what only a command beyond the range would hold begins with the nearest one")
    func beginsWithinRange() throws {
        var generator = EpisodeGenerator(ReferenceFamilies.fractional, seed: 15, stream: 6)
        var block = try generator.test(.steps, blocks: 1, samples: 160)[0]
        for lane in 0..<Lanes.scalarCount {
            block.startCommand[lane] = block.commandLow + block.commandSpan * Float(lane) / 8
        }
        var law = Watcher()
        _ = Rollout.run(block, &law)
        for lane in 0..<Lanes.scalarCount {
            let expected = min(Float(lane) / 8, 1)
            #expect(abs(law.started[lane] - expected) < 1e-6)
            let delayed = CommandHistory(block).delayed.before[lane]
            #expect(abs(delayed - block.commandLow - block.commandSpan * expected) < 1e-6)
        }
    }

    /// A law that keeps what it began with.
    private struct Watcher: LaneLaw {
        var started = Lanes.zero

        mutating func start(output: Lanes, command: Lanes) { started = command }

        mutating func command(setpoint: Lanes, measurement: Lanes) -> Lanes { started }
    }

    @Test("a measurement is rounded to the sensor's nearest step")
    func rounds() {
        let quantum: Float = 1.0 / 4_096
        #expect(Rollout.quantised(Lanes(10.49 / 4_096), quantum) == Lanes(10.0 / 4_096))
        #expect(Rollout.quantised(Lanes(-10.51 / 4_096), quantum) == Lanes(-11.0 / 4_096))
        #expect(Rollout.quantised(Lanes(10.5 / 4_096), quantum) == Lanes(10.0 / 4_096))
        #expect(Rollout.quantised(Lanes(0.123_456), 0) == Lanes(0.123_456))
    }

    @Test("the law sees the rounded measurement and noise, the cost does not")
    func watchesNoise() throws {
        struct Recorder: LaneLaw {
            var seen: [Lanes] = []
            mutating func start(output: Lanes, command: Lanes) {}
            mutating func command(setpoint: Lanes, measurement: Lanes) -> Lanes {
                seen.append(measurement)
                return Lanes(repeating: 0.5)
            }
        }
        var generator = EpisodeGenerator(ReferenceFamilies.fractional, seed: 15, stream: 6)
        let block = try generator.test(.steps, blocks: 1, samples: 60)[0]
        var law = Recorder()
        var outputs: [Lanes] = []
        let cost = Rollout.run(block, &law) { _, output, _ in outputs.append(output) }
        var error = Lanes.zero
        for sample in 0..<60 {
            let expected = Rollout.quantised(outputs[sample] + block.noise[sample], block.quantum)
            #expect(law.seen[sample] == expected)
            if sample >= EpisodeBlock.settling {
                error += Rollout.magnitude(block.setpoint[sample] - outputs[sample])
            }
        }
        #expect(cost.error == error)
        #expect(cost.travel == .zero, "the only change is before the samples that count")
    }
}
