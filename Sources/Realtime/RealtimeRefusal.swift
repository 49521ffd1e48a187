/// What the system did not permit; the program runs without it and says so.
package enum RealtimeRefusal: Error, Equatable, Sendable {
    /// SCHED_FIFO at the asked priority: EPERM without the right (CAP_SYS_NICE, RLIMIT_RTPRIO, or a
    /// control group without real-time budget), EINVAL for a priority the system does not have.
    case realtimePriority(errno: Int32)
    /// SCHED_DEADLINE: EPERM without the right or with an affinity, EBUSY when too much is promised.
    case deadline(errno: Int32)
    /// The processors asked for: EINVAL when none of them is there.
    case processors(errno: Int32)
    /// Locking memory: EPERM or ENOMEM without the right (CAP_IPC_LOCK, RLIMIT_MEMLOCK).
    case lockMemory(errno: Int32)
    /// Keeping freed memory in the heap: the allocator has no such setting.
    case keepHeap(errno: Int32)
    /// A limit of the time that processors take to wake up.
    case idleLatency(errno: Int32)
}
