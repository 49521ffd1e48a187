/// Which of the kernel's schedulers runs the control thread. Raw values are the words of the
/// configuration.
package enum Scheduler: String, CaseIterable, Sendable {
    /// SCHED_FIFO at `priority`.
    case fifo
    /// SCHED_DEADLINE with `budget_us` in each period.
    case deadline
}
