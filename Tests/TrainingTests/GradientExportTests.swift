import Control
import EpisodeReference
import Episodes
import Foundation
import Testing
import Training
import Tuning

/// One law, one batch of episodes on linear plants, and what `EpisodeGradient` says of them, for an
/// independent program to recompute: `scripts/check-gradient`.
private struct GradientExport: Encodable {
    struct Feature: Encodable {
        let source: String
        let gain: Double
    }

    struct Episode: Encodable {
        let transition: [Double]
        let now: [Double]
        let before: [Double]
        let readout: [Double]
        let delay: Int
        let startState: [Float]
        let startOutput: Float
        let startCommand: Float
        let weight: Float
        let setpoint: [Float]
        let load: [Float]
        let noise: [Float]
    }

    var features: [Feature]
    var units: Int
    var isGated: Bool
    var parameters: [Float]
    var commandLow: Float
    var commandSpan: Float
    var effortWeight: Float
    var episodes: [Episode] = []
    var cost = 0.0
    var gradient: [Double]
    /// Least time of a forward and backward run of the batch, in CPU seconds of one thread.
    var cpuSeconds = Double.infinity
}

@Suite("A batch for another program to recompute")
struct GradientExportTests {
    private static let path = ProcessInfo.processInfo.environment["FLYBALL_GRADIENT_EXPORT"]

    /// Four blocks of sixteen.
    private let blocks = 4
    private let samples = 320
    private let units = 16
    private let timedRuns = 30

    private let family: PlantFamily = {
        var family = PlantFamily(
            name: "second order, 4.3 periods of dead time",
            process: .chain(ChainModel(gain: 1, lags: [1, 0.4], deadTime: 0.43)),
            periodSeconds: 0.1)
        family.quantum = 0
        return family
    }()

    private func law() -> FloatLaw {
        var law = FloatLaw(
            features: LawFeature.usual(), units: units, isGated: true, integral: 0.03, seed: 8)
        var random = EpisodeRandom(seed: 2, stream: 2)
        for index in law.layout.outputWeights {
            law.parameters[index] = Float(random.uniform(-0.2...0.2))
        }
        law.parameters[law.layout.gateBias] = 0.2
        return law
    }

    /// CPU time of this thread.
    private func now() -> Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }

    private func episode(_ block: EpisodeBlock, lane: Int) throws -> GradientExport.Episode {
        let model = try block.plants.linearised(lane: lane, output: block.startOutput)
        return GradientExport.Episode(
            transition: model.transition.elements, now: model.now, before: model.before,
            readout: model.c, delay: model.delay, startState: block.startState.map { $0[lane] },
            startOutput: block.startOutput[lane], startCommand: block.startCommand[lane],
            weight: block.weight[lane], setpoint: block.setpoint.map { $0[lane] },
            load: block.load.map { $0[lane] }, noise: block.noise.map { $0[lane] })
    }

    @Test("is written to the file that FLYBALL_GRADIENT_EXPORT names", .enabled(if: path != nil))
    func writes() throws {
        let path = try #require(Self.path)
        let law = law()
        var generator = EpisodeGenerator(family, seed: 19, stream: 1)
        var batch = try generator.mixture(blocks: blocks, samples: samples)
        // So small that the adjoints' limits, which another program has not, never act.
        for index in batch.indices { batch[index].weight = Lanes(repeating: 1e-3) }
        var export = GradientExport(
            features: law.features.map {
                GradientExport.Feature(source: "\($0.source)", gain: $0.gain)
            },
            units: units, isGated: law.layout.isGated, parameters: law.parameters,
            commandLow: Float(family.commandLow), commandSpan: Float(family.commandSpan),
            effortWeight: Float(family.effortWeight),
            gradient: [Double](repeating: 0, count: law.layout.count))
        var gradient = EpisodeGradient(law.layout, samples: samples)
        for block in batch {
            for lane in 0..<Lanes.scalarCount {
                export.episodes.append(try episode(block, lane: lane))
            }
            let result = gradient.run(law, block)
            export.cost += result.cost
            for index in result.gradient.indices {
                export.gradient[index] += result.gradient[index]
            }
        }
        for _ in 0..<timedRuns {
            let start = now()
            for block in batch { _ = gradient.run(law, block) }
            export.cpuSeconds = min(export.cpuSeconds, now() - start)
        }
        #expect(export.gradient.allSatisfy { $0.isFinite })
        try JSONEncoder().encode(export).write(to: URL(fileURLWithPath: path))
    }
}
