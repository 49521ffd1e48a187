import Realtime
import TestSupport
import Testing

@Suite("Mailbox")
struct MailboxTests {
    struct Reading: BitwiseCopyable, Equatable, Sendable {
        var sequence: UInt64
        var copies: (UInt64, UInt64, UInt64)

        init(_ number: UInt64) {
            sequence = number
            copies = (number, number, number)
        }

        var isWhole: Bool {
            copies.0 == sequence && copies.1 == sequence && copies.2 == sequence
        }

        static func == (left: Self, right: Self) -> Bool {
            left.sequence == right.sequence && left.copies == right.copies
        }
    }

    @Test("shows the initial value, which is not fresh, until something is written")
    func initial() {
        let mailbox = Mailbox<Int32>(initial: 42)
        var reader = mailbox.reader
        let fresh = reader.readFresh()
        let value = reader.read()
        #expect(fresh == nil)
        #expect(value == 42)
    }

    @Test("shows the latest of several values, once as fresh and then for ever")
    func latest() {
        let mailbox = Mailbox<Int32>(initial: 0)
        var writer = mailbox.writer
        var reader = mailbox.reader
        for value in 1...7 as ClosedRange<Int32> { writer.write(value) }
        let fresh = [reader.readFresh(), reader.readFresh()]
        #expect(fresh == [7, nil])
        let before = reader.read()
        writer.write(8)
        let after = [reader.read(), reader.read()]
        #expect(before == 7)
        #expect(after == [8, 8])
    }

    @Test("every pattern of four writes and reads shows the last value written")
    func patterns() {
        for pattern in 0..<256 {
            let mailbox = Mailbox<Int>(initial: -1)
            var writer = mailbox.writer
            var reader = mailbox.reader
            var last = -1
            for step in 0..<8 {
                if pattern >> step & 1 == 1 {
                    writer.write(step)
                    last = step
                } else {
                    let value = reader.read()
                    #expect(value == last, "pattern \(pattern), step \(step)")
                }
            }
        }
    }

    @Test("between two threads no value is torn and none goes back")
    func twoThreads() throws {
        let writes: UInt64 = 200_000
        let mailbox = Mailbox<Reading>(initial: Reading(0))
        var reader = mailbox.reader
        let done = StopFlag()
        let thread = try RealtimeThread(.test, context: mailbox.writer) { writer in
            var writer = writer
            for number in 1...writes { writer.write(Reading(number)) }
            done.raise()
        }
        var torn = 0
        var backwards = 0
        var last: UInt64 = 0
        func check(_ reading: Reading) {
            if !reading.isWhole { torn += 1 }
            if reading.sequence < last { backwards += 1 }
            last = reading.sequence
        }
        while !done.isRaised { check(reader.read()) }
        thread.join()
        check(reader.read())
        #expect(torn == 0)
        #expect(backwards == 0)
        #expect(last == writes)
    }

    @Test("writing and reading allocate nothing")
    func allocatesNothing() {
        let mailbox = Mailbox<Reading>(initial: Reading(0))
        var writer = mailbox.writer
        var reader = mailbox.reader
        func use() {
            // Not `for in`: without optimisation, iterating over a range allocates.
            var number: UInt64 = 0
            while number < 1000 {
                writer.write(Reading(number))
                _ = reader.read()
                number += 1
            }
        }
        use()
        let counted = AllocationCounter.count { use() }
        #expect(counted == .none)
    }
}
