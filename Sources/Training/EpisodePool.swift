import Dispatch
package import Episodes
import Plants
import Synchronization

/// Blocks of episodes with the weights that make their costs comparable: ten over the cost that a
/// reference law has in the same episode.
package struct EpisodePool: Sendable {
    package private(set) var blocks: [EpisodeBlock]

    /// What a weighted cost equal to the reference's comes to.
    package static let parity = 10.0

    /// - Parameter reference: runs the reference law through a block.
    package init(
        _ blocks: [EpisodeBlock], reference: @Sendable (EpisodeBlock) -> Lanes
    ) {
        self.init(blocks, costs: Parallel.map(blocks, reference))
    }

    /// Measured by the best of some PIDs in each episode; those of each block.
    package init(_ blocks: [EpisodeBlock], rivals: [[LanePIDGains]]) {
        let costs = Parallel.map(Array(blocks.indices)) { index in
            rivals[index].reduce(Lanes(repeating: .infinity)) { best, gains in
                var pid = LanePID(gains)
                return Lanes.minimum(best, Rollout.run(blocks[index], &pid).total)
            }
        }
        self.init(blocks, costs: costs)
    }

    private init(_ blocks: [EpisodeBlock], costs: [Lanes]) {
        let sorted = costs.flatMap { cost in (0..<Lanes.scalarCount).map { cost[$0] } }.sorted()
        // Episodes in which next to nothing happens would outweigh all others.
        let floor = sorted[sorted.count / 20]
        self.blocks = blocks
        for index in blocks.indices {
            let scale = Lanes.maximum(costs[index], Lanes(repeating: floor))
            self.blocks[index].weight = Float(Self.parity) / scale
        }
    }
}

/// Work on several cores whose result does not depend on how many there are.
package enum Parallel {
    /// The results in the order of the elements.
    package static func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element], _ body: @Sendable (Element) -> Result
    ) -> [Result] {
        let results = Mutex([Result?](repeating: nil, count: elements.count))
        DispatchQueue.concurrentPerform(iterations: elements.count) { index in
            let result = body(elements[index])
            results.withLock { $0[index] = result }
        }
        return results.withLock { $0.compactMap(\.self) }
    }
}
