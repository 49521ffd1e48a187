import Assembly
import Configuration
import Control
import FixedPoint
import ModelFile
import Realtime

/// Runs the loops of a configuration at one tick rate and counts how late they are.
struct LatencyMeter {
    /// Parts of a run whose greatest lateness is kept.
    private static let courseParts = 120
    /// Seldom: who measures must not disturb.
    private static let drainNanoseconds: UInt64 = 50_000_000

    let settings: Settings
    let wishes: RealtimeWishes
    let seconds: Double

    struct Measured {
        let rate: LatencyRate
        let refusals: [RealtimeRefusal]
    }

    /// - Parameter progress: is told the share that is done, now and then.
    func measure(
        periodNanoseconds: UInt64, _ progress: (Double) -> Void
    ) throws -> Measured {
        let limit = UInt64(max(1, (seconds * 1e9 / Double(periodNanoseconds)).rounded()))
        let setpoints = settings.loops.map { Q16_16($0.setpoint) ?? Q16_16(bits: 0) }
        // A ring for the longest pause that a busy machine makes between two looks.
        let ring = try SampleRing<LatencySample>(capacity: 262_144)
        let (stop, outcome) = (StopFlag(), LatencyOutcome())
        var policy = ThreadPolicy(
            name: "control", scheduling: wishes.scheduling, processors: wishes.processors,
            locksMemory: wishes.locksMemory)
        if case .deadline(let budget) = wishes.scheduling {
            policy.scheduling = .deadline(
                DeadlineBudget(
                    runtimeNanoseconds: min(budget.runtimeNanoseconds, periodNanoseconds),
                    deadlineNanoseconds: periodNanoseconds, periodNanoseconds: periodNanoseconds))
        }
        let context = LatencyThread(
            instances: try Controllers(settings).instances, setpoints: setpoints,
            clock: try PeriodicClock(periodNanoseconds: periodNanoseconds), stop: stop,
            outcome: outcome, ring: ring.producer, tickLimit: limit)
        var course = LatencyCourse(parts: Self.courseParts, ticks: limit)
        var statistics = TickStatistics(periodNanoseconds: periodNanoseconds)
        var consumer = ring.consumer
        let thread = try Self.launch(context, policy)
        let refusals = thread.refusals
        while !thread.hasEnded(byNanoseconds: 0) {
            MonotonicClock.sleep(
                untilNanoseconds: MonotonicClock.nowNanoseconds + Self.drainNanoseconds)
            Self.drain(&consumer, &statistics, &course)
            progress(Double(statistics.ticks) / Double(limit))
        }
        thread.join()
        Self.drain(&consumer, &statistics, &course)
        let timing = statistics.snapshot(pageFaults: outcome.pageFaults)
        let rate = LatencyRate(
            rateHertz: 1e9 / Double(periodNanoseconds), seconds: seconds,
            verdict: LatencyRate.verdict(timing), timing: timing,
            computedNanosecondsPerTick: Double(outcome.computedNanoseconds)
                / Double(max(1, timing.ticks)),
            lostSamples: consumer.dropped, course: course.greatest)
        return Measured(rate: rate, refusals: refusals)
    }

    private static func launch(
        _ context: consuming LatencyThread, _ policy: ThreadPolicy
    ) throws(ThreadFault) -> RealtimeThread {
        try RealtimeThread(policy, context: context) { context in
            var context = context
            context.run()
        }
    }

    private static func drain(
        _ consumer: inout SampleRingConsumer<LatencySample>, _ statistics: inout TickStatistics,
        _ course: inout LatencyCourse
    ) {
        while let sample = consumer.pop() {
            course.take(sample.latenessNanoseconds, tick: statistics.ticks)
            statistics.record(
                latenessNanoseconds: sample.latenessNanoseconds,
                stepNanoseconds: sample.stepNanoseconds, missedPeriods: sample.missedPeriods)
        }
    }
}

/// Greatest lateness in each of so many equal parts of a run.
struct LatencyCourse {
    private(set) var greatest: [UInt64]
    private let ticks: UInt64

    init(parts: Int, ticks: UInt64) {
        greatest = Array(repeating: 0, count: parts)
        self.ticks = ticks
    }

    mutating func take(_ lateness: UInt64, tick: UInt64) {
        let part = Int(min(tick, ticks - 1) * UInt64(greatest.count) / ticks)
        greatest[part] = max(greatest[part], lateness)
    }
}
