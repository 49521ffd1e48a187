import Assembly
import Configuration
import Glibc
import Realtime
import Service

/// What is asked of the system before the first tick, and what is said about the answer.
enum RealtimeStart {
    /// Looks at the system; false when the configuration demands what it does not permit.
    static func permits(_ settings: Settings, periodNanoseconds: UInt64) -> Bool {
        let wishes = RealtimeWishes(settings, periodNanoseconds: periodNanoseconds)
        let degraded = Preflight(wishes, calls: SystemRealtimeCalls()).run()
            .filter { $0.grade == .degraded }
        let isRequired = settings.realtime.preflight == .require
        for finding in degraded where isRequired || !isSaidByThread(finding) {
            Log.write(isRequired ? .error : .warning, finding.text, .notPermitted)
        }
        guard isRequired, !degraded.isEmpty else { return true }
        Log.write(
            .error,
            "the system does not permit what [realtime] asks for, and preflight = \"require\": "
                + "nothing was opened. `flyball doctor \(settings.path)` says more",
            .preflightRefused)
        return false
    }

    /// The thread itself reports this one, with what the kernel answered to it and the same remedy.
    private static func isSaidByThread(_ finding: PreflightFinding) -> Bool {
        finding.check == .memory
    }

    /// The thread policy of the control thread. Idle states are limited from here on.
    static func policy(_ settings: Settings, periodNanoseconds: UInt64) -> ThreadPolicy {
        let wishes = RealtimeWishes(settings, periodNanoseconds: periodNanoseconds)
        if let limit = wishes.idleLatencyMicroseconds,
            let refusal = IdleLatency.hold(longestMicroseconds: limit)
        {
            report([refusal], settings.realtime)
        }
        return ThreadPolicy(
            name: "control", scheduling: wishes.scheduling, processors: wishes.processors,
            // All of it is locked. A tick has no recursion and no depth that depends on what it meets.
            stackBytes: 262_144, locksMemory: wishes.locksMemory)
    }

    /// Says loudly what the system did not permit. How to mend it is said here only where `permits`
    /// has not said it, which has looked for the cause.
    static func report(_ refusals: [RealtimeRefusal], _ realtime: RealtimeSettings) {
        for refusal in refusals {
            Log.write(.warning, text(refusal, realtime), .notPermitted)
        }
    }

    private static func text(_ refusal: RealtimeRefusal, _ realtime: RealtimeSettings) -> String {
        switch refusal {
        case .realtimePriority(let code):
            "SCHED_FIFO \(realtime.priority) was not permitted (\(text(code))): ticks "
                + "will be late under load"
        case .deadline(let code):
            "SCHED_DEADLINE was not permitted (\(text(code))): ticks will be late under load"
        case .processors(let code):
            "processor \(realtime.processor ?? 0) was not permitted (\(text(code))): the loop "
                + "runs on any"
        case .lockMemory(let code):
            "locking memory was not permitted (\(text(code))): a tick may wait for a page. "
                + "Give LimitMEMLOCK=infinity, or set realtime.lock_memory = false"
        case .keepHeap(let code):
            "the heap gives freed memory back (\(text(code)))"
        case .idleLatency(let code):
            "idle states were not limited (\(text(code))): a processor may take long to wake up. "
                + "Give write access to \(IdleLatency.path), or leave realtime.idle_latency_us out"
        }
    }

    private static func text(_ code: Int32) -> String {
        unsafe String(cString: strerror(code))
    }
}
