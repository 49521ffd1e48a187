/// How a real-time thread wants to run.
package struct ThreadPolicy: Equatable, Sendable {
    /// 64 KiB holds Swift's deepest ordinary calls; 64 MiB is more than any thread needs locked.
    package static let stackRangeBytes = 65_536...67_108_864

    /// Shown by `ps -L` and in traces; cut to 15 bytes.
    package var name: String
    package var scheduling: Scheduling
    /// Where it may run; nil is anywhere.
    package var processors: ProcessorSet?
    /// Size of the stack; half of it is faulted in before the body runs.
    package var stackBytes: Int
    /// Whether all memory of the process is locked first; it stays so until the process ends.
    package var locksMemory: Bool

    package init(
        name: String, scheduling: Scheduling, processors: ProcessorSet? = nil,
        stackBytes: Int = 1_048_576, locksMemory: Bool
    ) {
        self.name = name
        self.scheduling = scheduling
        self.processors = processors
        self.stackBytes = stackBytes
        self.locksMemory = locksMemory
    }

    /// - Parameter priority: of SCHED_FIFO, or 0 for ordinary scheduling.
    package init(name: String, priority: Int32, stackBytes: Int = 1_048_576, locksMemory: Bool) {
        self.init(
            name: name, scheduling: priority == 0 ? .ordinary : .fifo(priority: priority),
            stackBytes: stackBytes, locksMemory: locksMemory)
    }
}
