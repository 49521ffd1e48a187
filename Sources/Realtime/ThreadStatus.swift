/// What /proc/PID/stat says about a thread, as far as its neighbours care (proc(5)).
struct ThreadStatus {
    let name: String
    let isKernel: Bool
    /// Of SCHED_FIFO or SCHED_RR; 0 for all others.
    let priority: Int32

    /// PF_KTHREAD of the kernel's sched.h.
    private static let kernelFlag: UInt64 = 0x0020_0000

    init?(stat: String) {
        // The name may hold blanks and parentheses: it ends at the last one.
        guard let open = stat.firstIndex(of: "("), let close = stat.lastIndex(of: ")"), open < close
        else { return nil }
        let fields = stat[close...].split(separator: " ").dropFirst()
        // Behind the name come field 3 and following: flags are field 9, rt_priority is 40.
        guard fields.count >= 38,
            let flags = UInt64(fields[fields.startIndex + 6]),
            let priority = Int32(fields[fields.startIndex + 37])
        else { return nil }
        name = String(stat[stat.index(after: open)..<close])
        isKernel = flags & Self.kernelFlag != 0
        self.priority = priority
    }
}
