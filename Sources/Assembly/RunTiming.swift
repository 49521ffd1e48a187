package import Realtime

/// The timing of a run up to a moment: of its ticks, and of each loop's part of them.
package struct RunTiming: Equatable, Sendable {
    /// One loop's part: from the beginning of its computation to the end.
    package struct Step: Equatable, Sendable {
        /// `nil` before its first tick.
        package var summary: TimeSummary?
        package var buckets: [TimeBucket]

        package init(_ distribution: TimeDistribution) {
            summary = distribution.summary
            buckets = distribution.buckets
        }
    }

    package var ticks: TimingSnapshot
    /// In the order of the configuration.
    package var steps: [Step]

    package init(ticks: TimingSnapshot, steps: [Step]) {
        self.ticks = ticks
        self.steps = steps
    }
}
