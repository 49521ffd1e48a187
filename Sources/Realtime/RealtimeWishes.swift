/// What a control thread asks of the system.
package struct RealtimeWishes: Equatable, Sendable {
    package var scheduling: Scheduling
    package var processors: ProcessorSet?
    package var locksMemory: Bool
    /// Longest time that a processor may take to leave an idle state; nil asks for nothing.
    package var idleLatencyMicroseconds: Int32?
    package var periodNanoseconds: UInt64

    package init(
        scheduling: Scheduling, processors: ProcessorSet?, locksMemory: Bool,
        idleLatencyMicroseconds: Int32?, periodNanoseconds: UInt64
    ) {
        self.scheduling = scheduling
        self.processors = processors
        self.locksMemory = locksMemory
        self.idleLatencyMicroseconds = idleLatencyMicroseconds
        self.periodNanoseconds = periodNanoseconds
    }
}
