import EpisodeReference
import Episodes
import Testing
@testable import Training
import Tuning

@Suite("Sensitivity in the time domain")
struct SensitivityTests {
    /// The frequencies that are tried are 6 % apart; beside a peak that loses less than this.
    private let tolerance = 0.02

    struct Loop: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let chain: ChainModel
        let kp: Double
        let ti: Double
        let td: Double
    }

    private static let loops = [
        Loop(
            testDescription: "PI, first order",
            chain: ChainModel(gain: 1, lags: [1], deadTime: 0.43),
            kp: 1.2, ti: 1, td: 0),
        Loop(
            testDescription: "PID, four lags", chain: ChainModel(gain: 2, lags: [1, 1, 0.5, 0.5]),
            kp: 0.6, ti: 2, td: 0.5),
        Loop(
            testDescription: "PID, integrator",
            chain: ChainModel(gain: 0.5, lags: [0.3], deadTime: 0.25, isIntegrating: true),
            kp: 1, ti: 8, td: 0.2),
    ]

    #if DEBUG
        private static let tried = [loops[0]]
    #else
        private static let tried = loops
    #endif

    private func transferFunction(_ chain: ChainModel) throws -> TransferFunction {
        try TransferFunction(
            gain: chain.gain, lags: chain.lags, integrators: chain.isIntegrating ? 1 : 0,
            deadTimeSeconds: chain.deadTime)
    }

    /// The same PID per sample: derivative filter td / 5 as a number of samples, no other filter.
    private func gains(_ loop: Loop, _ family: PlantFamily) -> (PIDGains, SamplePIDGains) {
        let tf = loop.td / 5
        let period = family.periodSeconds
        let kp = loop.kp / family.commandSpan
        var sample = SamplePIDGains(
            proportional: kp, integral: kp * period / loop.ti, tracking: 0.2)
        sample.derivative = kp * loop.td / period
        sample.derivativeFilterSamples = tf / period
        return (
            PIDGains(kp: loop.kp, tiSeconds: loop.ti, tdSeconds: loop.td, tfSeconds: tf), sample
        )
    }

    @Test("the peak that a probe finds for a PID is that of its exact margins", arguments: tried)
    func findsPeak(loop: Loop) throws {
        let family = PlantFamily(name: "probed", loop.chain)
        let (gains, sample) = gains(loop, family)
        let exact = try LoopMargins(
            gains, on: try transferFunction(loop.chain), periodSeconds: family.periodSeconds)
        #expect(exact.isStable)
        let found = try #require(
            try LawProbe.sensitivityPeak(
                LanePID(LanePIDGains(sample)), family, output: 0.45))
        #expect(abs(found / exact.ms - 1) < tolerance, "\(found), exactly \(exact.ms)")
        #expect(found < exact.ms * 1.005, "between the frequencies it can only be higher")
    }

    @Test("an unstable loop has no peak")
    func refusesUnstable() throws {
        let family = PlantFamily(name: "probed", ChainModel(gain: 1, lags: [1], deadTime: 0.43))
        let wild = SamplePIDGains(proportional: 8, integral: 0.5, tracking: 0.2)
        #expect(
            try LawProbe.sensitivityPeak(
                LanePID(LanePIDGains(wild)), family, output: 0.45) == nil,
            "it begins at rest, where only a push shows what it is")
    }

    @Test("the price of a probe is that of the sensitivity at its frequency")
    func prices() throws {
        let family = ReferenceFamilies.fractional
        let nominal = PlantVariation(lagCount: family.lagCount)
        let plants = family.plants(
            [PlantVariation](repeating: nominal, count: Lanes.scalarCount))
        let model = try plants.linearised(lane: 0, output: Lanes(0.5))
        // An integrator alone: the network's outputs are zero.
        let integral = 0.12
        var law = FloatLaw(
            features: LawFeature.usual(), units: 2, isGated: false, integral: integral, seed: 1)
        for index in law.layout.outputWeights { law.parameters[index] = 0 }
        var generator = EpisodeGenerator(family, seed: 3, stream: 3)
        var dear = 0
        for turns in [3.0, 4, 5, 6, 20] {
            var block = try generator.block(plants, samples: SensitivityProbe.usual.samples) { _ in
            }
            block.quantum = 0
            let amplitude = Lanes(0.01)
            let lanes = Lanes(turns)
            for sample in 0..<block.count {
                block.noise[sample] =
                    amplitude * SensitivityProbe.usual.wave(lanes, at: sample).sine
            }
            block.goal = .sensitivity(amplitude: amplitude, limit: Lanes(repeating: 1.6))
            block.lead = SensitivityProbe.lead
            var gradient = EpisodeGradient(law.layout, samples: block.count)
            let found = gradient.run(law, block).cost / Double(Lanes.scalarCount)
            let angle = 2 * Double.pi * turns / Double(SensitivityProbe.usual.window)
            let z = Complex(magnitude: 1, phase: angle)
            let open = integral * (z / (z - Complex(1))) * model.response(at: angle)
            let exact = 1 / (Complex(1) + open).magnitude
            let excess = max(exact - 1.6, 0)
            // What has not settled after 1,216 samples, and rounding of 256 sums.
            let share = found / 200
            let known = (share + (share * share + 4 * share).squareRoot()) / 2
            #expect(abs(known - excess) < tolerance, "\(turns) turns: \(known), \(excess)")
            if excess > 0.2 { dear += 1 }
        }
        #expect(dear >= 2, "there was something to price")
    }

    @Test("a lead is the same loop, begun earlier")
    func leads() throws {
        var generator = EpisodeGenerator(ReferenceFamilies.fractional, seed: 5, stream: 2)
        let block = try generator.probes(blocks: 1, spread: 0.2, loopGain: 4)[0]
        guard case .sensitivity(let amplitude, _) = block.goal else {
            Issue.record("no probe")
            return
        }
        let law = FloatLaw(
            features: LawFeature.usual(), units: 6, isGated: true, integral: 0.1, seed: 8)
        var gradient = EpisodeGradient(law.layout, samples: block.count)
        _ = gradient.run(law, block)
        let found = try #require(gradient.sensitivity).sensitivity

        // The first sample's phase is that of the sine's start, also a lead earlier.
        var whole = block
        whole.lead = 0
        let samples = SensitivityProbe.lead + block.count
        whole.noise = (0..<samples).map { sample in
            block.noise[
                sample < SensitivityProbe.lead
                    ? sample % SensitivityProbe.usual.window : sample - SensitivityProbe.lead]
        }
        whole.setpoint = [Lanes](repeating: block.startOutput, count: samples)
        whole.load = [Lanes](repeating: .zero, count: samples)
        var power = Lanes.zero
        var lanes = FloatLawLanes(law)
        _ = Rollout.run(whole, &lanes) { sample, output, _ in
            guard sample >= SensitivityProbe.lead + SensitivityProbe.settling else { return }
            let deviation = output + whole.noise[sample] - block.startOutput
            power += deviation * deviation
        }
        let expected =
            (power * (2 / Float(SensitivityProbe.usual.window))).squareRoot() / amplitude
        for lane in 0..<Lanes.scalarCount {
            #expect(abs(found[lane] / expected[lane] - 1) < 1e-4)
        }
    }
}
