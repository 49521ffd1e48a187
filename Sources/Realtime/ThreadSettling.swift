import CRealtime
import Glibc
import Synchronization

/// What a thread has to do to itself before its body runs, and what became of it.
///
/// Affinity and SCHED_DEADLINE belong to the thread that asks for them, so the starter waits for the
/// answer.
final class ThreadSettling: Sendable {
    private let processorsErrno = Atomic<Int32>(0)
    private let deadlineErrno = Atomic<Int32>(0)
    private let settled = StopFlag()
    /// A new thread settles in microseconds; on a machine that is busy for longer than this, the
    /// thread is taken as not permitted.
    private static let limitNanoseconds: UInt64 = 2_000_000_000

    /// On the new thread, before its body.
    func settle(_ policy: ThreadPolicy) {
        if let processors = policy.processors {
            let status = flyball_rt_processors_set(processors.bits)
            processorsErrno.store(-status, ordering: .relaxed)
        }
        if case .deadline(let budget) = policy.scheduling {
            let status = flyball_rt_deadline_set(
                budget.runtimeNanoseconds, budget.deadlineNanoseconds, budget.periodNanoseconds)
            deadlineErrno.store(-status, ordering: .relaxed)
        }
        settled.raise()
    }

    /// On the starter: what was not permitted.
    func refusals(of policy: ThreadPolicy) -> [RealtimeRefusal] {
        var isDeadline = false
        if case .deadline = policy.scheduling { isDeadline = true }
        guard isDeadline || policy.processors != nil else { return [] }
        let limit = MonotonicClock.nowNanoseconds + Self.limitNanoseconds
        while !settled.isRaised, MonotonicClock.nowNanoseconds < limit {
            MonotonicClock.sleep(untilNanoseconds: MonotonicClock.nowNanoseconds + 200_000)
        }
        guard settled.isRaised else { return [.realtimePriority(errno: ETIMEDOUT)] }
        var refusals: [RealtimeRefusal] = []
        let processors = processorsErrno.load(ordering: .relaxed)
        if processors != 0 { refusals.append(.processors(errno: processors)) }
        let deadline = deadlineErrno.load(ordering: .relaxed)
        if deadline != 0 { refusals.append(.deadline(errno: deadline)) }
        return refusals
    }
}
