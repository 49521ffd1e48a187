import CRealtime
import Glibc
import Realtime
import Testing

@Suite("Real-time thread")
struct RealtimeThreadTests {
    @Test("joining waits for the body, which gets the context as its own")
    func joins() throws {
        let mailbox = Mailbox<UInt64>(initial: 0)
        var reader = mailbox.reader
        let thread = try RealtimeThread(.test, context: mailbox.writer) { writer in
            var writer = writer
            for value in 1...1000 as ClosedRange<UInt64> { writer.write(value) }
        }
        #expect(thread.refusals == [])
        thread.join()
        let last = reader.readFresh()
        #expect(last == 1000)
    }

    @Test("an owner may look whether the body has returned, and waits no longer than it says")
    func hasEnded() throws {
        let stop = StopFlag()
        let thread = try RealtimeThread(.test) {
            while !stop.isRaised {
                MonotonicClock.sleep(untilNanoseconds: MonotonicClock.nowNanoseconds + 1_000_000)
            }
        }
        let deadline = MonotonicClock.nowNanoseconds + 20_000_000
        let isEarly = thread.hasEnded(byNanoseconds: deadline)
        #expect(!isEarly)
        let now = MonotonicClock.nowNanoseconds
        #expect(now >= deadline)
        stop.raise()
        // Generous, for busy machines.
        let isThere = thread.hasEnded(byNanoseconds: now + 20_000_000_000)
        #expect(isThere)
    }

    @Test("going out of scope waits as well")
    func scopeJoins() throws {
        let ended = StopFlag()
        do {
            let thread = try RealtimeThread(.test) {
                MonotonicClock.sleep(untilNanoseconds: MonotonicClock.nowNanoseconds + 5_000_000)
                ended.raise()
            }
            let refusals = thread.refusals
            #expect(refusals == [])
        }
        #expect(ended.isRaised)
    }

    @Test(
        "a priority that the system refuses is reported, and the body runs without it",
        arguments: [-1, 100, Int32.max])
    func refusedPriority(priority: Int32) throws {
        let mailbox = Mailbox<Int32>(initial: -1)
        var reader = mailbox.reader
        let policy = ThreadPolicy(name: "refused", priority: priority, locksMemory: false)
        let thread = try RealtimeThread(policy, context: mailbox.writer) { writer in
            var writer = writer
            writer.write(RealtimeThread.currentPriority)
        }
        #expect(thread.refusals == [.realtimePriority(errno: EINVAL)])
        thread.join()
        let priorityOfBody = reader.readFresh()
        #expect(priorityOfBody == 0)
    }

    @Test("the body runs at the priority asked for, or the refusal says why not")
    func grantedOrReported() throws {
        let mailbox = Mailbox<Int32>(initial: -1)
        var reader = mailbox.reader
        let policy = ThreadPolicy(name: "granted", priority: 10, locksMemory: false)
        let thread = try RealtimeThread(policy, context: mailbox.writer) { writer in
            var writer = writer
            writer.write(RealtimeThread.currentPriority)
        }
        let refused = thread.refusals == [.realtimePriority(errno: EPERM)]
        #expect(refused || thread.refusals == [])
        thread.join()
        let priorityOfBody = reader.readFresh()
        #expect(priorityOfBody == (refused ? 0 : 10))
    }

    @Test("a stack out of range is refused", arguments: [0, -1, 65_535, Int.max])
    func stackOutOfRange(bytes: Int) {
        let policy = ThreadPolicy(name: "s", priority: 0, stackBytes: bytes, locksMemory: false)
        let expected = ThreadFault.stackOutOfRange(
            foundBytes: bytes, allowedBytes: ThreadPolicy.stackRangeBytes)
        #expect(throws: expected) {
            let thread = try RealtimeThread(policy) {}
            thread.join()
        }
    }

    @Test("the smallest stack is enough to start and to fault in")
    func smallestStack() throws {
        let ran = StopFlag()
        let policy = ThreadPolicy(
            name: "small", priority: 0, stackBytes: ThreadPolicy.stackRangeBytes.lowerBound,
            locksMemory: false)
        try RealtimeThread(policy) { ran.raise() }.join()
        #expect(ran.isRaised)
    }

    @Test("memory that may not be locked is reported, and the program goes on")
    func refusedLock() async {
        await #expect(processExitsWith: .exitCode(23)) {
            // An unprivileged user with no allowance: the kernel refuses with ENOMEM or EPERM.
            var limit = rlimit(rlim_cur: 0, rlim_max: 0)
            guard unsafe setrlimit(__rlimit_resource_t(8), &limit) == 0 else { exit(1) }
            if geteuid() == 0 { guard setuid(65_534) == 0 else { exit(2) } }
            // Thread and address sanitizer swallow the call: then there is no refusal to report.
            guard mlockall(CInt(MCL_CURRENT)) != 0 else { exit(23) }
            let policy = ThreadPolicy(name: "lock", priority: 0, locksMemory: true)
            guard let thread = try? RealtimeThread(policy, body: {}) else { exit(3) }
            let refused = thread.refusals.contains {
                $0 == .lockMemory(errno: EPERM) || $0 == .lockMemory(errno: ENOMEM)
            }
            thread.join()
            exit(refused ? 23 : 4)
        }
    }

    @Test("the page faults of a thread grow when it touches new memory")
    func pageFaults() throws {
        let before = try #require(PageFaults.ofCurrentThread())
        let pages = 64
        let bytes = UnsafeMutableRawBufferPointer.allocate(
            byteCount: pages * 4096, alignment: 4096)
        defer { unsafe bytes.deallocate() }
        for page in 0..<pages { unsafe bytes[page * 4096] = 1 }
        let after = try #require(PageFaults.ofCurrentThread())
        #expect(after.minor >= before.minor)
    }
}
