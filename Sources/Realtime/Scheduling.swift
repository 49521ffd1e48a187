/// How the kernel is to schedule a thread.
package enum Scheduling: Equatable, Sendable {
    /// As any other program: under load a tick waits its turn.
    case ordinary
    /// SCHED_FIFO at a priority of 1 to 99: runs until it sleeps, before everything below.
    case fifo(priority: Int32)
    /// SCHED_DEADLINE: the kernel guarantees the budget in every period, and enforces it: a tick that
    /// needs more is stopped until the next period begins.
    case deadline(DeadlineBudget)
}
