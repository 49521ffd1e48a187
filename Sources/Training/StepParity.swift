package import Episodes

/// Tells when a law in training costs no more than its reference PID on setpoint steps.
package struct StepParity: Sendable {
    private let start: FloatLaw
    private let episodes: [EpisodeBlock]
    private let reference: Double

    /// Blocks of sixteen episodes; none of them is trained on.
    private static let blocks = 4

    /// - Parameter start: a law of the recipe that is trained by.
    package init(
        _ start: FloatLaw, _ family: PlantFamily, reference: SamplePIDGains, seed: UInt64
    ) throws {
        self.start = start
        var generator = EpisodeGenerator(family, seed: seed, stream: 25)
        let episodes = try generator.test(.steps, blocks: Self.blocks)
        self.episodes = episodes
        self.reference = Self.total(
            Parallel.map(episodes) { block in
                var pid = LanePID(LanePIDGains(reference))
                return Rollout.run(block, &pid)
            })
    }

    package func isReached(by state: TrainingState) -> Bool {
        var law = start
        law.parameters = state.now.parameters
        let lanes = FloatLawLanes(law)
        let costs = Parallel.map(episodes) { block in
            var lanes = lanes
            return Rollout.run(block, &lanes)
        }
        return Self.total(costs) <= reference
    }

    private static func total(_ costs: [Rollout.Cost]) -> Double {
        costs.reduce(0) { $0 + $1.total.total }
    }
}
