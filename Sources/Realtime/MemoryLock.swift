import CRealtime

/// Locks the memory of the whole process, so that no page fault waits for a disk.
///
/// Of the process, not of an owner: it is asked for once and ends with the process, since two
/// owners could not know of each other.
package enum MemoryLock {
    /// Locks what there is and what will come, and keeps freed memory in the heap.
    ///
    /// - Returns: what was not permitted; nothing when all was.
    package static func acquire() -> [RealtimeRefusal] {
        var refusals: [RealtimeRefusal] = []
        let kept = flyball_rt_heap_keep()
        if kept != 0 { refusals.append(.keepHeap(errno: -kept)) }
        let locked = flyball_rt_memory_lock()
        if locked != 0 { refusals.append(.lockMemory(errno: -locked)) }
        return refusals
    }

    /// One heap for all threads that begin from now on: a heap of its own would be locked whole for each.
    /// For a process whose real-time thread allocates nothing; the others may wait for one another.
    package static func shareHeap() {
        // Where it is not to be had, memory is all that it costs.
        _ = flyball_rt_heap_share()
    }

    /// Without a lock: keeps freed memory in the heap, for a program that takes and gives back blocks
    /// of megabytes all the time, which the kernel else clears anew.
    package static func keepHeap() {
        _ = flyball_rt_heap_keep()
    }
}
