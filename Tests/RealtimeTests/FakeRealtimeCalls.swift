import Realtime

/// A system that answers as it is told to.
struct FakeRealtimeCalls: RealtimeCalls {
    var files: [String: String] = [
        "/proc/sys/kernel/version": "#1 SMP PREEMPT_RT Debian",
        "/proc/sys/kernel/sched_rt_runtime_us": "950000",
        "/proc/sys/kernel/sched_rt_period_us": "1000000",
        "/proc/self/status": "Name:\tflyballd\nVmSize:\t   40000 kB\nCapEff:\t0000000000000000",
        "/sys/devices/system/cpu/online": "0-3",
        "/sys/devices/system/cpu/isolated": "",
        "/sys/devices/system/clocksource/clocksource0/current_clocksource": "tsc",
    ]
    var schedulingErrno: Int32 = 0
    var processorsErrno: Int32 = 0
    var idleLatencyErrno: Int32 = 0
    var priority: UInt64 = 90
    var memory = UInt64.max

    func text(at path: String) -> String? { files[path] }

    func names(in directory: String) -> [String] {
        let prefix = directory + "/"
        var names: Set<Substring> = []
        for path in files.keys where path.hasPrefix(prefix) {
            if let name = path.dropFirst(prefix.count).split(separator: "/").first {
                names.insert(name)
            }
        }
        return names.map(String.init).sorted()
    }

    func trial(of scheduling: Scheduling) -> Int32 { schedulingErrno }
    func trial(of processors: ProcessorSet) -> Int32 { processorsErrno }
    func idleLatencyPermission() -> Int32 { idleLatencyErrno }
    func priorityLimit() -> UInt64 { priority }
    func memoryLockLimit() -> UInt64 { memory }

    /// A thread as /proc shows it: field 9 are the flags, 40 is the priority.
    mutating func addThread(
        _ number: Int, named name: String, priority: Int, flags: Int = 0, process: Int? = nil
    ) {
        let rest = Array(repeating: "0", count: 30).joined(separator: " ")
        let status = "\(number) (\(name)) S 1 1 1 0 -1 \(flags) \(rest) \(priority) 1 0 0"
        let process = process ?? number
        if process == number { files["/proc/\(process)/stat"] = status }
        files["/proc/\(process)/task/\(number)/stat"] = status
    }
}
