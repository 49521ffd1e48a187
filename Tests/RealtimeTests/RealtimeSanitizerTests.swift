import Realtime
import Testing

@Suite("RealtimeSanitizer")
struct RealtimeSanitizerTests {
    @Test(
        "an allocation in real-time code ends the program and is named",
        .enabled(
            if: RealtimeSanitizer.isPresent,
            "needs -Xswiftc -Xclang-linker -Xswiftc -fsanitize=realtime"))
    func allocationIsCaught() async throws {
        let result = try await #require(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            realtimeScope { unsafe UnsafeMutablePointer<UInt64>.allocate(capacity: 4).deallocate() }
        }
        let report = String(decoding: result.standardErrorContent, as: UTF8.self)
        #expect(report.contains("RealtimeSanitizer: unsafe-library-call"))
        #expect(report.contains("swift_slowAlloc"))
    }

    @Test("a sanctioned exception in real-time code is let through")
    func exceptionIsLetThrough() async {
        await #expect(processExitsWith: .success) {
            realtimeScope {
                realtimeException {
                    unsafe UnsafeMutablePointer<UInt64>.allocate(capacity: 4).deallocate()
                }
            }
        }
    }

    @Test("ring, mailbox and clock are real-time code")
    func tickIsClean() async {
        await #expect(processExitsWith: .success) {
            let ring = try SampleRing<UInt64>(capacity: 8)
            var producer = ring.producer
            var consumer = ring.consumer
            let mailbox = Mailbox<UInt64>(initial: 0)
            var writer = mailbox.writer
            var reader = mailbox.reader
            var clock = try PeriodicClock(periodNanoseconds: 100_000)
            let stop = StopFlag()
            func tick() {
                guard let tick = clock.wait(unless: stop) else { return }
                writer.write(tick.index)
                producer.push(reader.read())
                _ = consumer.pop()
            }
            // The first use of a generic type may allocate; a daemon does it before its first tick.
            tick()
            realtimeScope {
                var left = 20
                while left > 0 {
                    tick()
                    left -= 1
                }
            }
        }
    }

    @Test("a scope passes on what its body returns")
    func passesOn() {
        let returned = realtimeScope { realtimeException { 3 } }
        #expect(returned == 3)
    }
}
