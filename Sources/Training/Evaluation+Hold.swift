import Episodes

extension Evaluation {
    /// The error long after a load: parts of the span.
    package struct Hold: Codable, Sendable {
        package var medianOffset: Double
        package var worstOffset: Double
        package var worstRipple: Double
    }
}

extension Evaluation.Hold {
    /// Part of the command's range.
    static let usualLoad = 0.25
    /// Samples of a long hold that do not count.
    private static let settling = 1_000

    /// Mean and deviation of the error over the last 600 of 1,600 samples.
    ///
    /// - Parameters:
    ///   - episodes: long holds.
    ///   - run: runs a law through one of them, watched.
    init(
        over episodes: [EpisodeBlock],
        _ run: @Sendable (EpisodeBlock, @escaping Rollout.Watch) -> Void
    ) {
        let tails = Parallel.map(episodes) { block -> (offset: [Double], ripple: [Double]) in
            var (sum, squares) = (Lanes.zero, Lanes.zero)
            var count: Float = 0
            run(block) { sample, output, _ in
                guard sample >= Self.settling else { return }
                let error = block.setpoint[sample] - output
                sum += error
                squares += error * error
                count += 1
            }
            let mean = sum / count
            let deviation = Lanes.maximum(squares / count - mean * mean, .zero).squareRoot()
            let lanes = 0..<Lanes.scalarCount
            return (lanes.map { Double(abs(mean[$0])) }, lanes.map { Double(deviation[$0]) })
        }
        let offsets = tails.flatMap(\.offset).sorted()
        self.init(
            medianOffset: offsets[offsets.count / 2], worstOffset: offsets.last ?? 0,
            worstRipple: tails.flatMap(\.ripple).max() ?? 0)
    }
}
