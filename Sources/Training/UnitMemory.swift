import Glibc

/// How long a unit remembers: what its forget gate says.
package struct UnitMemory: Equatable, Sendable {
    /// Time constants in samples: at rest before the step, and from shortest to longest in the run.
    /// Infinite for a gate that is exactly open.
    package let rest: Double
    package let shortest: Double
    package let longest: Double

    /// What the unit is by its time constant at rest.
    package enum Role: String, Sendable {
        /// It holds for longer than an episode of training: to the law it is an integrator.
        case integrator
        case leak
        /// It forgets within two samples: it computes more than it remembers.
        case fast
    }

    /// Samples of an episode of training.
    package static let episode = 320.0
    package static let fastLimit = 2.0

    package init(_ trace: LawInspection.UnitTrace) {
        let end = LawInspection.step
        let mean =
            trace.leak[(end - LawInspection.window)..<end].reduce(0, +)
            / Double(LawInspection.window)
        rest = Self.timeConstant(leak: mean)
        shortest = Self.timeConstant(leak: trace.leak.max() ?? 1)
        longest = Self.timeConstant(leak: trace.leak.min() ?? 1)
    }

    /// `-1 / ln f` samples with `f = 1 - leak`; infinite without a leak, 0 for a shut gate.
    package static func timeConstant(leak: Double) -> Double {
        leak <= 0 ? .infinity : leak >= 1 ? 0 : -1 / log1p(-leak)
    }

    package var role: Role {
        rest > Self.episode ? .integrator : rest < Self.fastLimit ? .fast : .leak
    }
}
