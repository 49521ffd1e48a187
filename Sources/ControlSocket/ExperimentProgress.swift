/// What an experiment has measured, and whether it still acts. Asking for it renews the lease.
package struct ExperimentProgress: Codable, Equatable, Sendable {
    /// One tick of the experiment.
    package struct Sample: Codable, Equatable, Sendable {
        package var tick: UInt64
        package var seconds: Double
        package var output: Double
        package var measurement: Double

        package enum CodingKeys: String, CodingKey {
            case tick, output, measurement
            case seconds = "t_s"
        }

        package init(tick: UInt64, seconds: Double, output: Double, measurement: Double) {
            self.tick = tick
            self.seconds = seconds
            self.output = output
            self.measurement = measurement
        }
    }

    package var isActing: Bool
    /// Why it acts no more: a name of `ExperimentEnd`, or `aborted`.
    package var end: String?
    /// In order, at most `sampleLimit`; more may wait.
    package var samples: [Sample]
    package var hasMore: Bool

    package static let sampleLimit = 200

    package enum CodingKeys: String, CodingKey {
        case end, samples
        case isActing = "acting"
        case hasMore = "more"
    }

    package init(isActing: Bool, end: String?, samples: [Sample], hasMore: Bool) {
        self.isActing = isActing
        self.end = end
        self.samples = samples
        self.hasMore = hasMore
    }
}
