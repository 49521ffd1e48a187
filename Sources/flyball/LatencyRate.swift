import Realtime

/// What one tick rate was found to be like on this machine.
struct LatencyRate: Encodable {
    enum Verdict: String, Encodable {
        /// No tick ended after the next one was due, and none was missed.
        case supported
        /// At most one period in a thousand was missed or overrun: for loops that may miss one.
        case marginal
        case unsupported
    }

    let rateHertz: Double
    let seconds: Double
    let verdict: Verdict
    let timing: TimingSnapshot
    /// Computing time of the thread in each tick, the sleep's own work included.
    let computedNanosecondsPerTick: Double
    /// Samples that the measurement itself lost.
    let lostSamples: UInt64
    /// Greatest lateness in equal parts of the run, for the picture.
    let course: [UInt64]

    private enum CodingKeys: String, CodingKey {
        case seconds, verdict, timing
        case rateHertz = "rate_hz"
        case computedNanosecondsPerTick = "computed_ns_per_tick"
        case lostSamples = "lost_samples"
        case course = "greatest_lateness_course_ns"
    }

    /// The share of bad periods that `marginal` allows.
    private static let marginalShare = 0.001

    static func verdict(_ timing: TimingSnapshot) -> Verdict {
        let bad = Double(timing.overruns) + Double(timing.missedPeriods)
        if timing.ticks > 0, bad == 0 { return .supported }
        let all = Double(timing.ticks) + Double(timing.missedPeriods)
        return timing.ticks > 0 && bad <= all * marginalShare ? .marginal : .unsupported
    }
}
