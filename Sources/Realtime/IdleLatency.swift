import CRealtime

/// Keeps the processors out of idle states that take long to leave, for as long as the process runs.
///
/// Of the process, as `MemoryLock` is: the descriptor is never closed. It costs power: at 0 us the
/// processors do not sleep at all.
package enum IdleLatency {
    package static let path = "/dev/cpu_dma_latency"

    /// - Returns: what was not permitted, or nothing.
    package static func hold(
        longestMicroseconds: Int32, path: String = path
    ) -> RealtimeRefusal? {
        var descriptor: Int32 = -1
        let status = unsafe flyball_rt_idle_latency_hold(path, longestMicroseconds, &descriptor)
        return status == 0 ? nil : .idleLatency(errno: -status)
    }
}
