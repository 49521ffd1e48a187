import CRealtime
import Synchronization

/// A POSIX thread that runs one body with the scheduling it was promised, or says what it was not.
///
/// Not a task: it owns its stack and never shares its core's time with the cooperative pool. The
/// owner joins it: when a `RealtimeThread` goes out of scope, its owner waits for the body to
/// return, so whoever owns one raises the body's `StopFlag` first.
package struct RealtimeThread: ~Copyable {
    /// What was asked for and not permitted; the body runs nevertheless.
    package let refusals: [RealtimeRefusal]
    private let identity: UInt64
    private let end: StopFlag

    /// Starts the body, which receives the context as its own.
    ///
    /// What only one thread may touch (a ring's producer, a device) travels in the context; the
    /// compiler then sees to it that the starter keeps none of it.
    package init<Context: ~Copyable & Sendable>(
        _ policy: ThreadPolicy, context: consuming Context,
        body: @escaping @Sendable (consuming Context) -> Void
    ) throws(ThreadFault) {
        guard ThreadPolicy.stackRangeBytes.contains(policy.stackBytes) else {
            throw .stackOutOfRange(
                foundBytes: policy.stackBytes, allowedBytes: ThreadPolicy.stackRangeBytes)
        }
        let prefaultBytes = UInt64(policy.stackBytes / 2)
        let handedOver = HandedOver(context)
        let end = StopFlag()
        let settling = ThreadSettling()
        let start = ThreadStart {
            settling.settle(policy)
            flyball_rt_stack_prefault(prefaultBytes)
            if let context = handedOver.take() { body(context) }
            end.raise()
        }
        var refusals = policy.locksMemory ? MemoryLock.acquire() : []
        var priority: Int32 = 0
        if case .fifo(let wanted) = policy.scheduling { priority = wanted }
        do {
            identity = try start.launch(policy, priority: priority)
        } catch {
            guard priority != 0, case .notStarted(let errno) = error else { throw error }
            refusals.append(.realtimePriority(errno: errno))
            identity = try start.launch(policy, priority: 0)
        }
        self.refusals = refusals + settling.refusals(of: policy)
        self.end = end
    }

    /// Starts a body that needs nothing of its own.
    package init(
        _ policy: ThreadPolicy, body: @escaping @Sendable () -> Void
    ) throws(ThreadFault) {
        try self.init(policy, context: ()) { (_: consuming Void) in body() }
    }

    /// Waits for the body to return.
    package consuming func join() {}

    /// Whether the body has returned at a time until which this waits: for owners that must not
    /// wait for a thread that hangs.
    package func hasEnded(byNanoseconds deadline: UInt64) -> Bool {
        while !end.isRaised, MonotonicClock.nowNanoseconds < deadline {
            MonotonicClock.sleep(
                untilNanoseconds: min(
                    deadline, MonotonicClock.nowNanoseconds + Self.lookNanoseconds))
        }
        return end.isRaised
    }

    /// Between two looks at whether the body has returned.
    private static let lookNanoseconds: UInt64 = 2_000_000

    /// SCHED_FIFO priority of the calling thread; 0 for ordinary scheduling.
    package static var currentPriority: Int32 {
        var priority: Int32 = 0
        _ = unsafe flyball_rt_thread_priority(&priority)
        return priority
    }

    /// The policy of the calling thread as the kernel numbers it: 0 ordinary, 1 SCHED_FIFO,
    /// 6 SCHED_DEADLINE.
    package static var currentPolicy: Int32 {
        var policy: Int32 = 0
        _ = unsafe flyball_rt_policy(&policy)
        return policy
    }

    deinit { _ = flyball_rt_thread_join(identity) }
}

/// A value on its way into another thread, taken there once.
private final class HandedOver<Value: ~Copyable & Sendable>: Sendable {
    private let value: Mutex<Value?>

    init(_ value: consuming Value) { self.value = Mutex(value) }

    func take() -> Value? {
        value.withLock { $0.take() }
    }
}

/// The body of a thread before it runs, in the form that a C function pointer can carry.
private final class ThreadStart: Sendable {
    private let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }

    func launch(_ policy: ThreadPolicy, priority: Int32) throws(ThreadFault) -> UInt64 {
        // The thread owns one reference and gives it back; a thread that never ran has none.
        let reference = unsafe Unmanaged.passRetained(self)
        var identity: UInt64 = 0
        let status = unsafe flyball_rt_thread_start(
            { context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue().run()
            }, reference.toOpaque(), priority, UInt64(policy.stackBytes), policy.name, &identity)
        guard status == 0 else {
            unsafe reference.release()
            throw .notStarted(errno: -status)
        }
        return identity
    }
}
