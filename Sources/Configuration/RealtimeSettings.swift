/// How the control thread is scheduled.
package struct RealtimeSettings: Equatable, Sendable {
    /// SCHED_FIFO priority; 0 is ordinary scheduling.
    package var priority: Int
    package var lockMemory: Bool
}
