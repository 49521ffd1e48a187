import Glibc

/// Looks at all that makes ticks late before the first one, and says how to mend it.
///
/// It changes nothing. What it can try without harm it tries, on a thread that ends at once; the
/// rest it reads below /proc and /sys.
package struct Preflight<Calls: RealtimeCalls> {
    private let wishes: RealtimeWishes
    private let calls: Calls

    package init(_ wishes: RealtimeWishes, calls: Calls) {
        self.wishes = wishes
        self.calls = calls
    }

    /// One finding for each check, in order.
    package func run() -> [PreflightFinding] {
        [
            kernel(), scheduling(), throttling(), competitors(), processors(), isolation(),
            memory(), governor(), idleStates(), clockSource(),
        ]
    }

    /// Slower loops do not notice what costs tens or hundreds of microseconds.
    private static var unhurriedPeriodNanoseconds: UInt64 { 100_000_000 }

    /// The grade of what only costs microseconds.
    private var gradeOfMicroseconds: PreflightFinding.Grade {
        wishes.periodNanoseconds >= Self.unhurriedPeriodNanoseconds ? .note : .degraded
    }

    private func kernel() -> PreflightFinding {
        let version = calls.text(at: "/proc/sys/kernel/version") ?? "unknown"
        if calls.text(at: "/sys/kernel/realtime") == "1" || version.contains("PREEMPT_RT") {
            return PreflightFinding(.kernel, .good, "PREEMPT_RT")
        }
        return PreflightFinding(
            .kernel, .note, "without PREEMPT_RT: its worst case is not bounded",
            remedy: "`flyball latency` measures it; Debian has a linux-image-rt-* package")
    }

    // MARK: Scheduling

    private func scheduling() -> PreflightFinding {
        switch wishes.scheduling {
        case .ordinary:
            return PreflightFinding(
                .scheduling, .note, "ordinary, as configured: under load a tick waits its turn",
                remedy: "set realtime.priority above 0")
        case .fifo(let priority):
            let code = calls.trial(of: wishes.scheduling)
            guard code != 0 else {
                return PreflightFinding(.scheduling, .good, "SCHED_FIFO \(priority)")
            }
            return PreflightFinding(
                .scheduling, .degraded,
                "SCHED_FIFO \(priority) was not permitted (\(Self.text(code)))",
                remedy: fifoRemedy(priority))
        case .deadline(let budget):
            let text =
                "SCHED_DEADLINE \(budget.runtimeNanoseconds / 1_000) of "
                + "\(budget.periodNanoseconds / 1_000) us"
            let code = calls.trial(of: wishes.scheduling)
            guard code != 0 else { return PreflightFinding(.scheduling, .good, text) }
            return PreflightFinding(
                .scheduling, .degraded, "\(text) was not permitted (\(Self.text(code)))",
                remedy: Self.deadlineRemedy(code))
        }
    }

    private func fifoRemedy(_ priority: Int32) -> String {
        let mayRaise =
            hasCapability(Self.niceCapability) || calls.priorityLimit() >= UInt64(max(0, priority))
        if mayRaise, let budget = groupBudget() { return budget }
        if mayRaise {
            return "The user may ask for it, so its control group has no real-time budget "
                + "(RT_GROUP_SCHED): start the kernel with rt_group_sched=0, or run the service in "
                + "the root group"
        }
        return "Give LimitRTPRIO=\(priority) or CAP_SYS_NICE, or set realtime.priority = 0"
    }

    /// With RT_GROUP_SCHED and version 1 control groups each group has a budget of its own, 0 at
    /// first.
    private func groupBudget() -> String? {
        let memberships = (calls.text(at: "/proc/self/cgroup") ?? "").split(separator: "\n")
        for line in memberships {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[1].split(separator: ",").contains("cpu") else { continue }
            let path = "/sys/fs/cgroup/\(parts[1])\(parts[2])/cpu.rt_runtime_us"
            guard calls.text(at: path) == "0" else { continue }
            return "Its control group has no real-time budget (RT_GROUP_SCHED): write 950000 to "
                + path
        }
        return nil
    }

    private static func deadlineRemedy(_ code: Int32) -> String {
        switch code {
        case EBUSY:
            "The processors have promised too much already: a smaller realtime.budget_us or fewer "
                + "such threads"
        case EINVAL:
            "The times are out of order: realtime.budget_us must be from 1 us to the period"
        default:
            "Give CAP_SYS_NICE and leave realtime.cpu out, or set realtime.scheduler = \"fifo\""
        }
    }

    private func throttling() -> PreflightFinding {
        guard wishes.scheduling != .ordinary,
            let runtime = number(at: "/proc/sys/kernel/sched_rt_runtime_us"),
            let period = number(at: "/proc/sys/kernel/sched_rt_period_us"), period > 0
        else { return PreflightFinding(.throttling, .good, "none") }
        if runtime < 0 {
            return PreflightFinding(
                .throttling, .note, "off: a real-time thread that never sleeps takes its processor",
                remedy: "sysctl kernel.sched_rt_runtime_us=950000 keeps a share for the rest")
        }
        guard runtime > 0 else {
            return PreflightFinding(
                .throttling, .degraded, "no real-time thread may run at all",
                remedy: "sysctl kernel.sched_rt_runtime_us=950000")
        }
        return PreflightFinding(
            .throttling, .good, "after \(runtime) us of every \(period), which no tick reaches")
    }

    /// Threads of other programs that a tick waits for. Those of the kernel are its interrupts.
    private func competitors() -> PreflightFinding {
        guard case .fifo(let priority) = wishes.scheduling else {
            return PreflightFinding(.competitors, .good, "not asked for a priority")
        }
        var found: [String] = []
        for process in calls.names(in: "/proc") where process.allSatisfy(\.isNumber) {
            guard let status = calls.text(at: "/proc/\(process)/stat"),
                let thread = ThreadStatus(stat: status), !thread.isKernel
            else { continue }
            for task in calls.names(in: "/proc/\(process)/task") {
                guard let text = calls.text(at: "/proc/\(process)/task/\(task)/stat"),
                    let thread = ThreadStatus(stat: text), thread.priority >= priority
                else { continue }
                found.append("\(thread.name) (\(task)) at \(thread.priority)")
            }
        }
        guard !found.isEmpty else {
            return PreflightFinding(.competitors, .good, "no thread at \(priority) or above")
        }
        let shown = found.prefix(4).joined(separator: ", ")
        return PreflightFinding(
            .competitors, .degraded, "a tick waits for \(shown)" + (found.count > 4 ? " ..." : ""),
            remedy: "Raise realtime.priority above them, or lower theirs")
    }

    // MARK: Processors

    private func processors() -> PreflightFinding {
        guard let wanted = wishes.processors else {
            return PreflightFinding(.processors, .good, "any")
        }
        let list = calls.text(at: "/sys/devices/system/cpu/online")
        let online = ProcessorSet(kernelList: list ?? "")
        let absent = online.isEmpty ? [] : wanted.subtracting(online)
        guard absent.isEmpty else {
            return PreflightFinding(
                .processors, .degraded, "there is no processor \(Self.list(absent))",
                remedy: "realtime.cpu may be \(Self.list(online.numbers))")
        }
        let code = calls.trial(of: wanted)
        guard code == 0 else {
            return PreflightFinding(
                .processors, .degraded, "\(wanted.text) was not permitted (\(Self.text(code)))",
                remedy: "Give the service AllowedCPUs= and CPUAffinity= with these, or leave "
                    + "realtime.cpu out")
        }
        return PreflightFinding(.processors, .good, wanted.text)
    }

    private func isolation() -> PreflightFinding {
        guard let wanted = wishes.processors else {
            return PreflightFinding(
                .isolation, .good, "not asked for: the loop may run on any processor")
        }
        let isolated = ProcessorSet(
            kernelList: calls.text(at: "/sys/devices/system/cpu/isolated") ?? "")
        let shared = wanted.subtracting(isolated)
        guard !shared.isEmpty else {
            return PreflightFinding(.isolation, .good, "\(wanted.text) is the loop's alone")
        }
        return PreflightFinding(
            .isolation, .note, "\(Self.list(shared)) also runs other programs",
            remedy: "On the kernel command line: isolcpus=managed_irq,domain,\(Self.list(shared))")
    }

    private func governor() -> PreflightFinding {
        let root = "/sys/devices/system/cpu"
        var slow: [String] = []
        for name in calls.names(in: root) where name.hasPrefix("cpu") {
            guard let number = Int(name.dropFirst(3)), isUsed(number),
                let governor = calls.text(at: "\(root)/\(name)/cpufreq/scaling_governor"),
                governor != "performance"
            else { continue }
            slow.append("\(name) \(governor)")
        }
        guard !slow.isEmpty else {
            return PreflightFinding(.governor, .good, "performance, or fixed")
        }
        return PreflightFinding(
            .governor, gradeOfMicroseconds,
            "the clock of the processors changes: " + slow.prefix(4).joined(separator: ", "),
            remedy: "cpupower frequency-set -g performance, or cpufreq.default_governor="
                + "performance on the kernel command line")
    }

    private func idleStates() -> PreflightFinding {
        if let limit = wishes.idleLatencyMicroseconds {
            let code = calls.idleLatencyPermission()
            guard code != 0 else {
                return PreflightFinding(.idleStates, .good, "held to \(limit) us")
            }
            return PreflightFinding(
                .idleStates, gradeOfMicroseconds,
                "\(IdleLatency.path) may not be written (\(Self.text(code)))",
                remedy: "The udev rules of systemd/ give it to the group flyball")
        }
        let root = "/sys/devices/system/cpu/cpu0/cpuidle"
        let latencies = calls.names(in: root).compactMap { number(at: "\(root)/\($0)/latency") }
        guard let longest = latencies.max(), longest > Self.noticedIdleMicroseconds else {
            return PreflightFinding(.idleStates, .good, "none that takes long to leave")
        }
        return PreflightFinding(
            .idleStates, gradeOfMicroseconds == .note ? .good : .note,
            "a processor may take \(longest) us to wake up",
            remedy: "Set realtime.idle_latency_us = 0; it costs power")
    }

    private static var noticedIdleMicroseconds: Int { 50 }

    private func isUsed(_ processor: Int) -> Bool {
        guard let wanted = wishes.processors else { return true }
        return wanted.numbers.contains(processor)
    }

    private func clockSource() -> PreflightFinding {
        let path = "/sys/devices/system/clocksource/clocksource0/current_clocksource"
        let source = calls.text(at: path) ?? "unknown"
        guard ["hpet", "acpi_pm", "jiffies", "refined-jiffies"].contains(source) else {
            return PreflightFinding(.clockSource, .good, source)
        }
        return PreflightFinding(
            .clockSource, gradeOfMicroseconds, "\(source): each look at the time is slow",
            remedy: "On x86, tsc=reliable on the kernel command line")
    }

    // MARK: Memory

    private func memory() -> PreflightFinding {
        guard wishes.locksMemory else {
            return PreflightFinding(
                .memory, .note, "not locked, as configured: a tick may wait for a page",
                remedy: "set realtime.lock_memory = true")
        }
        let limit = calls.memoryLockLimit()
        if hasCapability(Self.lockCapability) || limit == .max {
            return PreflightFinding(.memory, .good, "may be locked")
        }
        let needed = UInt64(number(in: "/proc/self/status", after: "VmSize:") ?? 0) * 1_024
        guard limit <= needed else { return PreflightFinding(.memory, .good, "may be locked") }
        return PreflightFinding(
            .memory, .degraded, "\(limit >> 10) KiB may be locked; \(needed >> 10) are needed",
            remedy: "Give LimitMEMLOCK=infinity, or set realtime.lock_memory = false")
    }

    // MARK: Reading

    /// Bits of the effective capabilities, from linux/capability.h.
    private static var lockCapability: UInt64 { 14 }
    private static var niceCapability: UInt64 { 23 }

    private func hasCapability(_ bit: UInt64) -> Bool {
        let lines = (calls.text(at: "/proc/self/status") ?? "").split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("CapEff:") }),
            let bits = UInt64(line.dropFirst(7).drop { $0 == "\t" || $0 == " " }, radix: 16)
        else { return false }
        return bits >> bit & 1 == 1
    }

    private func number(at path: String) -> Int? { calls.text(at: path).flatMap { Int($0) } }

    private func number(in path: String, after key: String) -> Int? {
        let lines = (calls.text(at: path) ?? "").split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix(key) }) else { return nil }
        return Int(line.filter(\.isNumber))
    }

    private static func list(_ numbers: [Int]) -> String {
        numbers.map(String.init).joined(separator: ",")
    }

    private static func text(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
