/// How the control thread is scheduled, and what the system must permit.
package struct RealtimeSettings: Equatable, Sendable {
    package var scheduler: Scheduler
    /// SCHED_FIFO priority; 0 is ordinary scheduling.
    package var priority: Int
    /// What the computation of a tick may take; nil is the whole period.
    package var budgetMicroseconds: Int?
    /// The processor that the control thread is bound to; nil is any.
    package var processor: Int?
    package var lockMemory: Bool
    /// Longest time that a processor may take to leave an idle state; nil asks for nothing.
    package var idleLatencyMicroseconds: Int?
    package var preflight: PreflightPolicy
}
