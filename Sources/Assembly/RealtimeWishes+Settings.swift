package import Configuration
package import Realtime

extension RealtimeWishes {
    /// What the control thread of a configuration asks of the system.
    ///
    /// - Parameter periodNanoseconds: of the ticks in real time: a simulated plant may run faster.
    package init(_ settings: Settings, periodNanoseconds: UInt64) {
        let realtime = settings.realtime
        let budget = Self.budgetNanoseconds(settings, periodNanoseconds: periodNanoseconds)
        let scheduling: Scheduling
        switch realtime.scheduler {
        case .fifo where realtime.priority == 0: scheduling = .ordinary
        case .fifo: scheduling = .fifo(priority: Int32(realtime.priority))
        case .deadline:
            scheduling = .deadline(
                DeadlineBudget(
                    runtimeNanoseconds: budget, deadlineNanoseconds: periodNanoseconds,
                    periodNanoseconds: periodNanoseconds))
        }
        self.init(
            scheduling: scheduling, processors: realtime.processor.flatMap { ProcessorSet([$0]) },
            locksMemory: realtime.lockMemory,
            idleLatencyMicroseconds: realtime.idleLatencyMicroseconds.map { Int32($0) },
            periodNanoseconds: periodNanoseconds)
    }

    /// What the computation of a tick may take: the declared budget, at most the period.
    package static func budgetNanoseconds(
        _ settings: Settings, periodNanoseconds: UInt64
    ) -> UInt64 {
        let budget = settings.realtime.budgetMicroseconds.map { UInt64($0) * 1_000 }
        return min(budget ?? periodNanoseconds, periodNanoseconds)
    }
}
