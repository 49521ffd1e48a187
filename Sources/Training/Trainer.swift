package import Episodes

/// One phase of training: so many steps down the gradient on random blocks of a pool.
package struct TrainingPhase: Equatable, Sendable {
    package var iterations: Int
    /// Blocks of sixteen episodes a step.
    package var blocks: Int
    package var rate: Double
    /// Blocks of sensitivity probes a step, beside the others.
    package var probes: Int

    package init(iterations: Int, blocks: Int, rate: Double, probes: Int = 1) {
        self.iterations = iterations
        self.blocks = blocks
        self.rate = rate
        self.probes = probes
    }
}

/// Trains a law by gradient descent through the plant.
///
/// Adam with a cosine rate and a warm-up, the gradient's norm clipped to 1, steps that are not finite
/// left out, and a roll back to the best law so far with a smaller rate when the cost rises.
package struct Trainer {
    package private(set) var law: FloatLaw
    package private(set) var rollbacks = 0

    private static let normLimit = 1.0
    private static let warmUp = 20.0
    private static let window = 20

    package init(_ law: FloatLaw) {
        self.law = law
    }

    /// - Parameters:
    ///   - fresh: draws a pool of episodes; asked for at the start and `every` so many iterations.
    ///   - report: is given the iteration and the mean cost over parity of the last window.
    package mutating func run(
        _ phase: TrainingPhase, fresh: () throws -> EpisodePool, every: Int,
        probes: [EpisodeBlock], seed: UInt64,
        report: (_ iteration: Int, _ ratio: Double) -> Void
    ) throws {
        var pool = try fresh()
        var random = EpisodeRandom(seed: seed, stream: 0x7E)
        var adam = Adam(count: law.layout.count)
        var good = (law: law, adam: adam, ratio: Double.infinity)
        // What the window began with: of this its ratio speaks, not of the law after its last step.
        var tried = (law: law, adam: adam)
        var caution = 1.0
        var recent: [Double] = []
        for iteration in 0..<phase.iterations {
            if iteration > 0 && iteration.isMultiple(of: every) { pool = try fresh() }
            if recent.count == Self.window {
                let ratio = recent.reduce(0, +) / Double(recent.count)
                report(iteration, ratio)
                recent.removeAll(keepingCapacity: true)
                if !(ratio < 1.25 * good.ratio + 0.02) {
                    (law, adam) = (good.law, good.adam)
                    caution *= 0.6
                    rollbacks += 1
                } else if ratio < good.ratio {
                    good = (tried.law, tried.adam, ratio)
                }
                tried = (law, adam)
            }
            let (cost, gradient) = step(phase, pool, probes, &random)
            recent.append(cost)
            if iteration == 0 { good.ratio = cost }
            guard let gradient else { continue }
            let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let scale = min(1, Self.normLimit / (norm + 1e-9))
            let turns = Double(iteration) / Double(phase.iterations)
            let cosine = 0.5 * (1 + Self.cosine(turns / 2)) * 0.98 + 0.02
            let warm = min(1, Double(iteration + 1) / Self.warmUp)
            adam.step(
                &law.parameters, gradient: gradient.map { $0 * scale },
                rate: phase.rate * caution * warm * cosine)
            law.boundOutputs()
        }
        if let last = recent.isEmpty ? nil : recent.reduce(0, +) / Double(recent.count),
            !(last < 1.05 * good.ratio)
        {
            law = good.law
        }
    }

    /// Mean cost over parity of some random blocks, and the gradient of that and of the probes; no
    /// gradient when any is not finite.
    private func step(
        _ phase: TrainingPhase, _ pool: EpisodePool, _ probes: [EpisodeBlock],
        _ random: inout EpisodeRandom
    ) -> (cost: Double, gradient: [Double]?) {
        let law = law
        var blocks = (0..<phase.blocks).map { _ in
            pool.blocks[random.integer(0...(pool.blocks.count - 1))]
        }
        blocks += (0..<phase.probes).map { _ in
            probes[random.integer(0...(probes.count - 1))]
        }
        let results = Parallel.map(blocks) { block in
            var gradient = EpisodeGradient(law.layout, samples: block.count)
            return gradient.run(law, block)
        }
        var cost = 0.0
        var sum = [Double](repeating: 0, count: law.layout.count)
        for (index, result) in results.enumerated() {
            let isProbe = index >= phase.blocks
            let episodes = Double(Lanes.scalarCount * (isProbe ? phase.probes : phase.blocks))
            if !isProbe { cost += result.cost / episodes / EpisodePool.parity }
            for index in sum.indices { sum[index] += result.gradient[index] / episodes }
        }
        return (cost, results.allSatisfy(\.isFinite) ? sum : nil)
    }

    /// cos(2 pi turns) for 0 ... 1/2, by its series: no library function.
    private static func cosine(_ turns: Double) -> Double {
        let x = 2 * Double.pi * (turns - 0.25)
        var (term, sum) = (x, x)
        for n in stride(from: 2.0, through: 18, by: 2) {
            term *= -x * x / (n * (n + 1))
            sum += term
        }
        return -sum
    }
}
