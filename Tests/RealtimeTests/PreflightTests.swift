import Glibc
import Realtime
import Testing

@Suite("Preflight")
struct PreflightTests {
    static let fifo = RealtimeWishes(
        scheduling: .fifo(priority: 50), processors: nil, locksMemory: true,
        idleLatencyMicroseconds: nil, periodNanoseconds: 1_000_000)

    private func finding(
        _ check: PreflightFinding.Check, _ wishes: RealtimeWishes = fifo,
        _ change: (inout FakeRealtimeCalls) -> Void = { _ in }
    ) throws -> PreflightFinding {
        var calls = FakeRealtimeCalls()
        change(&calls)
        let findings = Preflight(wishes, calls: calls).run()
        #expect(findings.map(\.check) == PreflightFinding.Check.allCases)
        return try #require(findings.first { $0.check == check })
    }

    @Test("a system that permits everything has good findings and nothing to mend")
    func good() {
        let findings = Preflight(Self.fifo, calls: FakeRealtimeCalls()).run()
        #expect(findings.filter { $0.grade != .good } == [])
        #expect(findings.allSatisfy { $0.remedy.isEmpty })
    }

    @Test("every finding that is not good says how to mend it")
    func remedies() {
        var calls = FakeRealtimeCalls()
        calls.files = ["/proc/sys/kernel/sched_rt_runtime_us": "0"]
        calls.files["/proc/sys/kernel/sched_rt_period_us"] = "1000000"
        calls.files["/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"] = "ondemand"
        calls.schedulingErrno = EPERM
        calls.memory = 0
        let findings = Preflight(Self.fifo, calls: calls).run()
        let bad = findings.filter { $0.grade != .good }
        #expect(bad.count == 5)
        #expect(bad.allSatisfy { !$0.remedy.isEmpty })
    }

    @Test(
        "the kernel is PREEMPT_RT by its version or by its file, else not bounded",
        arguments: [
            ("#1 SMP PREEMPT_RT", nil, PreflightFinding.Grade.good),
            ("#1 SMP PREEMPT", "1", .good), ("#1 SMP PREEMPT_DYNAMIC", nil, .note),
        ])
    func kernel(version: String, file: String?, grade: PreflightFinding.Grade) throws {
        let found = try finding(.kernel) {
            $0.files["/proc/sys/kernel/version"] = version
            $0.files["/sys/kernel/realtime"] = file
        }
        #expect(found.grade == grade)
    }

    // MARK: Scheduling

    @Test("ordinary scheduling is noted")
    func ordinary() throws {
        var wishes = Self.fifo
        wishes.scheduling = .ordinary
        let found = try finding(.scheduling, wishes)
        #expect(found.grade == .note)
        let throttling = try finding(.throttling, wishes)
        #expect(throttling.grade == .good)
    }

    @Test("a user without the right is told the limit of the unit")
    func noRight() throws {
        let found = try finding(.scheduling) {
            $0.schedulingErrno = EPERM
            $0.priority = 49
        }
        #expect(found.grade == .degraded)
        #expect(found.found == "SCHED_FIFO 50 was not permitted (Operation not permitted)")
        #expect(found.remedy.contains("LimitRTPRIO=50"))
    }

    @Test("a control group without a budget is named, by its own file")
    func groupWithoutBudget() throws {
        let path = "/sys/fs/cgroup/cpu,cpuacct/system.slice/cpu.rt_runtime_us"
        let found = try finding(.scheduling) {
            $0.schedulingErrno = EPERM
            $0.files["/proc/self/cgroup"] = "9:memory:/x\n4:cpu,cpuacct:/system.slice\n0::/x"
            $0.files[path] = "0"
        }
        #expect(found.remedy.contains("RT_GROUP_SCHED") && found.remedy.hasSuffix(path))
    }

    @Test("a capable user in a group without a budget is told of RT_GROUP_SCHED")
    func unifiedGroup() throws {
        let found = try finding(.scheduling) {
            $0.schedulingErrno = EPERM
            $0.priority = 0
            $0.files["/proc/self/status"] = "CapEff:\t0000000000800000"
            $0.files["/proc/self/cgroup"] = "0::/system.slice"
        }
        #expect(found.remedy.contains("rt_group_sched=0"))
    }

    @Test(
        "a refused SCHED_DEADLINE says what to change",
        arguments: [
            (EBUSY, "realtime.budget_us"), (EINVAL, "out of order"), (EPERM, "CAP_SYS_NICE"),
        ])
    func deadline(errno: Int32, remedy: String) throws {
        var wishes = Self.fifo
        wishes.scheduling = .deadline(
            DeadlineBudget(
                runtimeNanoseconds: 200_000, deadlineNanoseconds: 1_000_000,
                periodNanoseconds: 1_000_000))
        let good = try finding(.scheduling, wishes)
        #expect(good.grade == .good && good.found == "SCHED_DEADLINE 200 of 1000 us")
        let found = try finding(.scheduling, wishes) { $0.schedulingErrno = errno }
        #expect(found.grade == .degraded && found.remedy.contains(remedy))
    }

    @Test(
        "throttling that leaves nothing is degraded; none at all is noted",
        arguments: [
            ("950000", PreflightFinding.Grade.good), ("0", .degraded), ("-1", .note),
        ])
    func throttling(runtime: String, grade: PreflightFinding.Grade) throws {
        let found = try finding(.throttling) {
            $0.files["/proc/sys/kernel/sched_rt_runtime_us"] = runtime
        }
        #expect(found.grade == grade)
    }

    @Test("programs at the same priority or above are named; lower ones and the kernel's are not")
    func competitors() throws {
        let found = try finding(.competitors) {
            $0.addThread(7, named: "migration/0", priority: 99, flags: 0x0020_0000)
            $0.addThread(100, named: "audio (x) server", priority: 0)
            $0.addThread(101, named: "mixer", priority: 50, process: 100)
            $0.addThread(200, named: "below", priority: 49)
            $0.files["/proc/300/stat"] = "torn"
        }
        #expect(found.grade == .degraded)
        #expect(found.found == "a tick waits for mixer (101) at 50")
    }

    // MARK: Processors

    private static let bound: RealtimeWishes = {
        var wishes = fifo
        wishes.processors = ProcessorSet([2])
        return wishes
    }()

    @Test("a processor that is not there, or not permitted, is degraded")
    func processors() throws {
        let good = try finding(.processors, Self.bound)
        #expect(good.grade == .good)
        let absent = try finding(.processors, Self.bound) {
            $0.files["/sys/devices/system/cpu/online"] = "0-1"
        }
        #expect(absent.grade == .degraded && absent.found == "there is no processor 2")
        let refused = try finding(.processors, Self.bound) { $0.processorsErrno = EINVAL }
        #expect(refused.grade == .degraded && refused.remedy.contains("AllowedCPUs"))
    }

    @Test("a bound loop on a shared processor is told of isolcpus")
    func isolation() throws {
        let shared = try finding(.isolation, Self.bound)
        #expect(shared.grade == .note && shared.remedy.hasSuffix("isolcpus=managed_irq,domain,2"))
        let own = try finding(.isolation, Self.bound) {
            $0.files["/sys/devices/system/cpu/isolated"] = "2-3"
        }
        #expect(own.grade == .good)
    }

    @Test("another governor than performance matters to fast loops, on the processors in use")
    func governor() throws {
        let path = "/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor"
        let fast = try finding(.governor) { $0.files[path] = "ondemand" }
        #expect(fast.grade == .degraded && fast.found.hasSuffix("cpu1 ondemand"))
        var slow = Self.fifo
        slow.periodNanoseconds = 1_000_000_000
        let unhurried = try finding(.governor, slow) { $0.files[path] = "ondemand" }
        #expect(unhurried.grade == .note)
        let elsewhere = try finding(.governor, Self.bound) { $0.files[path] = "ondemand" }
        #expect(elsewhere.grade == .good)
    }

    @Test("idle states: held when permitted, degraded when not, noted when deep ones are allowed")
    func idleStates() throws {
        var wishes = Self.fifo
        wishes.idleLatencyMicroseconds = 0
        #expect(try finding(.idleStates, wishes).grade == .good)
        let refused = try finding(.idleStates, wishes) { $0.idleLatencyErrno = EACCES }
        #expect(refused.grade == .degraded && refused.found.contains("/dev/cpu_dma_latency"))
        let deep = try finding(.idleStates) {
            $0.files["/sys/devices/system/cpu/cpu0/cpuidle/state0/latency"] = "1"
            $0.files["/sys/devices/system/cpu/cpu0/cpuidle/state1/latency"] = "900"
        }
        #expect(deep.grade == .note && deep.found.contains("900 us"))
    }

    @Test("a slow clock is named")
    func clockSource() throws {
        let found = try finding(.clockSource) {
            let path = "/sys/devices/system/clocksource/clocksource0/current_clocksource"
            $0.files[path] = "hpet"
        }
        #expect(found.grade == .degraded)
    }

    // MARK: Memory

    @Test("memory: unlimited, capable or enough is good; too little is degraded; unasked is noted")
    func memory() throws {
        #expect(try finding(.memory).grade == .good)
        let capable = try finding(.memory) {
            $0.memory = 0
            $0.files["/proc/self/status"] = "CapEff:\t0000000000004000"
        }
        #expect(capable.grade == .good)
        let enough = try finding(.memory) { $0.memory = 40_001 << 10 }
        #expect(enough.grade == .good)
        let little = try finding(.memory) { $0.memory = 8_192 << 10 }
        #expect(little.grade == .degraded && little.remedy.contains("LimitMEMLOCK=infinity"))
        var wishes = Self.fifo
        wishes.locksMemory = false
        #expect(try finding(.memory, wishes).grade == .note)
    }

    @Test("this system answers every check")
    func thisSystem() {
        let findings = Preflight(Self.fifo, calls: SystemRealtimeCalls()).run()
        #expect(findings.map(\.check) == PreflightFinding.Check.allCases)
        #expect(findings.allSatisfy { !$0.found.isEmpty })
    }
}
