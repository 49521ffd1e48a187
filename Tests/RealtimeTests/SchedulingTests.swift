import Glibc
import Realtime
import Testing

@Suite("Scheduling of a thread")
struct SchedulingTests {
    private struct Seen: BitwiseCopyable, Sendable {
        var policy: Int32 = -1
        var processors: UInt64 = 0
    }

    /// What a thread of that policy sees of itself, and what was refused.
    private func run(_ policy: ThreadPolicy) throws -> (seen: Seen, refusals: [RealtimeRefusal]) {
        let mailbox = Mailbox<Seen>(initial: Seen())
        var reader = mailbox.reader
        let thread = try RealtimeThread(policy, context: mailbox.writer) { writer in
            var writer = writer
            writer.write(
                Seen(
                    policy: RealtimeThread.currentPolicy,
                    processors: ProcessorSet.ofCurrentThread()?.bits ?? 0))
        }
        let refusals = thread.refusals
        thread.join()
        return (reader.read(), refusals)
    }

    private func policy(
        _ scheduling: Scheduling, _ processors: ProcessorSet? = nil
    ) -> ThreadPolicy {
        ThreadPolicy(
            name: "scheduling", scheduling: scheduling, processors: processors, locksMemory: false)
    }

    @Test("SCHED_DEADLINE is had, or the refusal says why not")
    func deadline() throws {
        let budget = DeadlineBudget(
            runtimeNanoseconds: 100_000, deadlineNanoseconds: 10_000_000,
            periodNanoseconds: 10_000_000)
        let (seen, refusals) = try run(policy(.deadline(budget)))
        // 6 is the kernel's number of it.
        #expect(refusals.isEmpty ? seen.policy == 6 : seen.policy == 0)
        for refusal in refusals {
            #expect(refusal == .deadline(errno: EPERM) || refusal == .deadline(errno: EBUSY))
        }
    }

    @Test("a budget longer than its period is refused, and the body runs all the same")
    func deadlineOutOfOrder() throws {
        let budget = DeadlineBudget(
            runtimeNanoseconds: 2_000_000, deadlineNanoseconds: 1_000_000,
            periodNanoseconds: 1_000_000)
        let (seen, refusals) = try run(policy(.deadline(budget)))
        // An unprivileged user hears of the right first.
        #expect(
            refusals == [.deadline(errno: EINVAL)] || refusals == [.deadline(errno: EPERM)])
        #expect(seen.policy == 0)
    }

    @Test("a thread is bound to the processor asked for")
    func processors() throws {
        let allowed = try #require(ProcessorSet.ofCurrentThread())
        let last = try #require(allowed.numbers.last)
        let one = try #require(ProcessorSet([last]))
        let (seen, refusals) = try run(policy(.ordinary, one))
        #expect(refusals == [])
        #expect(seen.processors == one.bits)
    }

    @Test("a processor that the machine does not have is refused, and the body runs all the same")
    func absentProcessor() throws {
        let absent = try #require(ProcessorSet([63]))
        let (seen, refusals) = try run(policy(.ordinary, absent))
        #expect(refusals == [.processors(errno: EINVAL)])
        #expect(seen.policy == 0)
    }

    @Test(
        "the kernel's lists of processors are read",
        arguments: [
            ("0-3", [0, 1, 2, 3]), ("1,3-4\n", [1, 3, 4]), ("", []), ("5", [5]), ("7-6", []),
            ("62-70", [62, 63]), ("x,2", [2]), ("64-65", []),
        ])
    func kernelList(text: String, numbers: [Int]) {
        #expect(ProcessorSet(kernelList: text).numbers == numbers)
    }

    @Test("numbers outside 0 to 63 are no set of processors", arguments: [-1, 64])
    func outside(number: Int) {
        #expect(ProcessorSet([number]) == nil)
    }

    @Test("a limit of idle states is written where it is asked, or refused with the reason")
    func idleLatency() {
        let refused = IdleLatency.hold(longestMicroseconds: 0, path: "/proc/flyball-absent")
        #expect(refused == .idleLatency(errno: ENOENT))
        let path = "/tmp/flyball-idle-\(getpid())"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        #expect(descriptor >= 0)
        defer { _ = unsafe unlink(path) }
        let held = IdleLatency.hold(longestMicroseconds: 50, path: path)
        #expect(held == nil)
        var written: Int32 = 0
        let count = unsafe read(descriptor, &written, 4)
        #expect(count == 4 && written == 50)
        _ = close(descriptor)
    }
}
